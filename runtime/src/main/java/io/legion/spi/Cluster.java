package io.legion.spi;

import io.legion.core.Bytes;
import io.legion.core.NodeId;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
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
/// measure: another node may see it otherwise. A node of another cluster, one that was founded with other
/// settings, and a second process with a node id that is already there (R64) are kept out, and the listener is
/// told why.
///
/// **Threads.** Every method may be called by any thread. The listener is called by threads of the
/// implementation, for one other node by one thread at a time. It may block for a short while, which slows down
/// this node's peer only. It may call [#send], [#members()] and [#maxFrameBytes()].
public interface Cluster extends Frames {

    /// Takes part from now on, as `self`.
    ///
    /// @param self who this node is; nodes of other clusters are kept out
    /// @param contacts addresses, as this implementation writes them, where other nodes may be found, besides those
    ///     that it was configured with; may be empty
    /// @param listener hears of members and frames until the participation is closed
    /// @return closed to leave: after that the listener is not called any more
    /// @throws IllegalStateException if this handle already takes part
    /// @throws ClusterException if the node can not take part, for instance because its address is in use
    Participation participate(Self self, List<String> contacts, Listener listener);

    /// The other nodes that can be reached now, in the order of their ids; empty before [#participate].
    Set<NodeId> members();

    /// How long it takes, in all but rare cases, to hear of the nodes that are there; zero if there can never be any.
    /// A node that may found a cluster looks that long for one to join.
    Duration discoveryTime();

    /// Who a node is.
    ///
    /// @param node the identity of its store
    /// @param clusterName the name of its cluster, for people
    /// @param shards the number of shards with which its cluster was founded
    /// @param settings the other settings that were fixed then, by name: a node where one differs is kept out
    /// @param cluster the identity of its cluster; null while it is not known, at a node that is to join: that
    ///     hears of those that know theirs, and is no member for anybody until it belongs to one
    record Self(
            NodeId node,
            String clusterName,
            int shards,
            SortedMap<String, String> settings,
            @Nullable UUID cluster) {

        /// @param settings is copied
        public Self {
            settings = Collections.unmodifiableSortedMap(new TreeMap<>(settings));
        }
    }

    /// Hears what happens.
    interface Listener {
        /// A frame came.
        void received(NodeId from, Bytes frame);

        /// Some frames came together; for an implementation that has more than one at once. In their order.
        default void received(NodeId from, List<Bytes> frames) {
            frames.forEach(frame -> received(from, frame));
        }

        /// This node can be reached, from now on or again.
        ///
        /// @param cluster the identity of its cluster: that of this node, if it has one
        void joined(NodeId node, UUID cluster);

        /// This node can not be reached any more.
        void left(NodeId node);

        /// Others keep this process out, because one with its id is there already (R64): it is to serve nothing.
        ///
        /// @param why for people: who, why, and what to do
        void keptOutAsTwin(String why);

        /// Another node was kept out, or keeps this one out.
        ///
        /// @param why for people: who, why, and what to do. Told once for each reason
        void refused(String why);
    }

    /// A node's part in its cluster, until it is closed. Closing it again does nothing.
    interface Participation extends AutoCloseable {
        /// A node that was to join has joined: from now on it is a member for the others, and nodes of any other
        /// cluster are kept out.
        ///
        /// @throws IllegalStateException if it already belongs to another one
        void belongsTo(UUID cluster);

        @Override
        void close();
    }
}
