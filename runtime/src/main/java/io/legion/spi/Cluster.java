package io.legion.spi;

import io.legion.core.Bytes;
import io.legion.core.NodeId;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Specification of the cluster service: it knows the other nodes, and sends bytes to them.
///
/// A caller addresses a node by its [NodeId], the identity of its store, not by where it listens; an
/// implementation finds the addresses by itself. It carries *frames*. The sender puts many messages of many
/// shards into each, so an implementation needs no batching of its own.
///
/// **Durability.** None. A frame that was sent may be lost: when either side stops, when the network is cut,
/// and when the receiver is so slow that the sender's bound for it is reached. Nothing is stored.
///
/// **Ordering.** Between two nodes that stay in each other's [#members()], frames arrive in the order in which
/// they were sent, at most once. When a node leaves the members and comes back, the frames under way are lost.
/// The listener hears that the node is back before any later frame of it. Frames of different senders have no
/// order.
///
/// **Failure.** [#send] never throws for anything that the network does, and never waits for it: it says
/// whether it took the frame. A node that is silent for a while leaves the members, by this node's own measure:
/// another node may see it otherwise. The service keeps out a node of another cluster, a node with other fixed
/// settings, and a second process with a node id that is already there (R64), and tells the listener why.
///
/// **Threads.** Any thread may call any method. Threads of the implementation call the listener, one at a time
/// for each other node. The listener may block for a short while, which slows down only that node. It may call
/// [#send], [#members()] and [#maxFrameBytes()].
public interface Cluster extends Frames {

    /// Takes part from now on, as `self`.
    ///
    /// @param self this node; the service keeps out nodes of other clusters
    /// @param contacts addresses, as this implementation writes them, at which other nodes may be, besides the
    ///     configured ones; may be empty
    /// @param listener hears of members and frames until the participation is closed
    /// @return to be closed to leave; after that, nothing calls the listener
    /// @throws IllegalStateException if this handle already takes part
    /// @throws ClusterException if the node cannot take part, for instance because its address is in use
    Participation participate(Self self, List<String> contacts, Listener listener);

    /// The other nodes that are reachable now, in the order of their ids; empty before [#participate].
    Set<NodeId> members();

    /// How long it takes, in all but rare cases, to hear of the nodes that are there; zero if there can never
    /// be any. A node that may found a cluster looks that long for one to join.
    Duration discoveryTime();

    /// Where this node or another one is, `host:port`, as far as this service knows: for people, and for who
    /// looks whether something is there.
    default Optional<String> address(NodeId node) {
        return Optional.empty();
    }

    /// The processes that this service kept out since it was opened, the latest 64: for people who look for a
    /// cause.
    default List<KeptOut> keptOut() {
        return List.of();
    }

    /// A process that was kept out.
    ///
    /// @param certificate true if the reason is its certificate, or that it shows none
    /// @param why for people: who, and why
    /// @param count how often it tried
    /// @param ago how long ago it tried last
    record KeptOut(boolean certificate, String why, long count, Duration ago) {}

    /// A node, as others see it.
    ///
    /// @param node the identity of its store
    /// @param clusterName the name of its cluster, for people
    /// @param shards the number of shards with which its cluster was founded
    /// @param settings the other settings that all nodes of a cluster have in common, by name: a node with a
    ///     different one is kept out
    /// @param cluster the identity of its cluster; null at a node that is to join and does not know it. Such a
    ///     node hears of nodes that know theirs, and is nobody's member until it belongs to a cluster
    /// @param types the partition types of its program, each with its description or an empty text; a node with
    ///     types of another program is kept out, see [#foreign]
    /// @param mayFound whether the node founds a cluster if it finds none
    record Self(
            NodeId node,
            String clusterName,
            int shards,
            SortedMap<String, String> settings,
            @Nullable UUID cluster,
            SortedMap<String, String> types,
            boolean mayFound) {

        /// @param settings is copied, like the types
        public Self {
            settings = Collections.unmodifiableSortedMap(new TreeMap<>(settings));
            types = Collections.unmodifiableSortedMap(new TreeMap<>(types));
        }

        /// A node whose types are not compared, and which founds nothing.
        public Self(
                NodeId node,
                String clusterName,
                int shards,
                SortedMap<String, String> settings,
                @Nullable UUID cluster) {
            this(node, clusterName, shards, settings, cluster, new TreeMap<>(), false);
        }

        /// Why a node with these partition types runs another program than this one, as a part of a
        /// sentence: they have no type in common, or one of the same name that no two releases of a program
        /// have. Empty if it may run the same program, or an earlier or later release of it.
        public Optional<String> foreign(SortedMap<String, String> theirs) {
            var common = new TreeMap<>(types);
            common.keySet().retainAll(theirs.keySet());
            if (common.isEmpty()) {
                return types.isEmpty() || theirs.isEmpty()
                        ? Optional.empty()
                        : Optional.of("has the partition types " + theirs.keySet() + ", this one " + types.keySet()
                                + ", and none in common");
            }
            return common.entrySet().stream()
                    .flatMap(type -> TypeDescription.conflict(type.getValue(), theirs.getOrDefault(type.getKey(), ""))
                            .map(why -> "has another partition type '" + type.getKey() + "': " + why)
                            .stream())
                    .findFirst();
        }
    }

    /// Hears of members and frames.
    interface Listener {
        /// A frame came.
        void received(NodeId from, Bytes frame);

        /// Frames came together, in their order; for an implementation that has more than one at once.
        default void received(NodeId from, List<Bytes> frames) {
            frames.forEach(frame -> received(from, frame));
        }

        /// The node is reachable, from now on or again.
        ///
        /// @param cluster the identity of its cluster: this node's own, if it has one
        void joined(NodeId node, UUID cluster);

        /// The node is no longer reachable.
        void left(NodeId node);

        /// Other nodes keep this process out, because one with its id is there already (R64): it must serve
        /// nothing.
        ///
        /// @param why for people: who, why, and what to do
        void keptOutAsTwin(String why);

        /// Another node that looks for its cluster, and may found one, is reachable from now on, or is not
        /// any more, or looks no more. Only a node that looks itself hears so.
        default void looks(NodeId node, boolean there) {}

        /// A cluster of the same name that was founded separately was met; its node is kept out.
        ///
        /// @param why as for [#refused]
        default void foundedSeparately(String why) {
            refused(why);
        }

        /// Another node was kept out, or keeps this one out.
        ///
        /// @param why for people: who, why, and what to do. Once for each reason
        void refused(String why);
    }

    /// A node's part in its cluster, until it is closed. Closing it again does nothing.
    interface Participation extends AutoCloseable {
        /// The node has joined: from now on it is a member for the others, and the service keeps out nodes of
        /// any other cluster.
        ///
        /// @throws IllegalStateException if it already belongs to another cluster
        void belongsTo(UUID cluster);

        @Override
        void close();
    }
}
