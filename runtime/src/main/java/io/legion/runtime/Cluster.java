package io.legion.runtime;

import io.legion.core.Bytes;
import io.legion.core.NodeId;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Specification of the cluster service: which other nodes there are, and bytes sent to them.
///
/// Nodes are addressed by their [NodeId], the identity of their store, not by where they listen; an
/// implementation finds each other's addresses by itself. What travels are *frames*: each is many messages of
/// many shards in one, put together by the sender, so an implementation needs no batching of its own.
///
/// **Durability.** None. A frame that was sent may be lost: when either side stops, when the network is cut,
/// and when the receiver is so slow that the sender's bound for it is reached. Nothing is stored.
///
/// **Ordering.** Between two nodes that stay in each other's [#members()], frames arrive in the order in which
/// they were sent, at most once. When a node leaves the members and comes back, what was under way is lost; the
/// listener is told that it is there again before any later frame of it. Frames of different senders have no
/// order.
///
/// **Failure.** [#send] never throws for anything that the network does, and never waits for it: it says
/// whether it took the frame. Whoever is not heard of for a while leaves the members, by this node's own
/// measure: another node may see it otherwise. A node of another cluster, and a second process with a node id
/// that is already there (R64), are kept out and reported by the logger of the implementation.
///
/// **Threads.** Every method may be called by any thread. The listener is called by threads of the
/// implementation, for one sender by one thread at a time. It may block for a short while, which slows down
/// this sender only. It may call [#send], [#members()] and [#maxFrameBytes()].
public interface Cluster {

    /// Takes part from now on, as `self`.
    ///
    /// @param self who this node is; nodes of other clusters are kept out
    /// @param listener hears of members and frames until the participation is closed
    /// @return closed to leave: after that the listener is not called any more
    /// @throws IllegalStateException if this handle already takes part
    Participation participate(Self self, Listener listener);

    /// The other nodes that can be reached now, in the order of their ids; empty before [#participate].
    Set<NodeId> members();

    /// Hands a frame over for sending.
    ///
    /// @param to the receiver, not this node
    /// @param frame at most [#maxFrameBytes()] bytes
    /// @return false if it was dropped at once: `to` is no member, or too much waits for it already
    /// @throws IllegalArgumentException if the frame is too large
    boolean send(NodeId to, Bytes frame);

    /// The largest frame.
    int maxFrameBytes();

    /// Who a node is.
    ///
    /// @param node the identity of its store
    /// @param clusterName the name of its cluster, for people
    /// @param cluster the identity of its cluster; null while it is not known, at a node that is to join
    record Self(NodeId node, String clusterName, @Nullable UUID cluster) {}

    /// Hears what happens.
    interface Listener {
        /// A frame came.
        void received(NodeId from, Bytes frame);

        /// This node can be reached, from now on or again.
        void joined(NodeId node);

        /// This node can not be reached any more.
        void left(NodeId node);
    }

    /// A node's part in its cluster, until it is closed. Closing it again does nothing.
    interface Participation extends AutoCloseable {
        @Override
        void close();
    }
}
