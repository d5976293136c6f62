package io.legion.operations;

import io.legion.core.NodeId;

/// A shard that has stopped on a node. After [io.legion.PlacementSettings#replaceStoppedAfter] the other
/// participants go on without it, if they are a majority.
///
/// @param node where it has stopped
/// @param kind what stopped it
/// @param reason what happened, for people
/// @param kept true if the copy stays there until a person calls [Operations#dropStoppedCopy] on that node;
///     false if the node copies the shard anew by itself, or goes on with the copy ([Kind#STORE_FULL],
///     [Kind#RELEASE])
public record StoppedShard(NodeId node, int shard, Kind kind, String reason, boolean kept) {
    /// What stops a copy.
    public enum Kind {
        /// The store of the node has no room. The copy goes on by itself once there is some.
        STORE_FULL,
        /// A write to the store of the node failed, so it takes none until the node starts again.
        STORE_FAILED,
        /// What the store has of the shard cannot be read, or does not fit together: the store is damaged.
        UNREADABLE,
        /// Its state differs from the others' at equal history.
        DIVERGED,
        /// Anything else: an invariant that does not hold; an event, a partition type or the form of a state
        /// that the node's program does not know; a cluster service that keeps the node out; a kind that only a
        /// later release knows.
        OTHER,
        /// Nothing is wrong with the copy: the node's release of the service does not run a version of a partition
        /// type that is active. It goes on once a release is started there that does. No operator can drop it.
        RELEASE
    }
}
