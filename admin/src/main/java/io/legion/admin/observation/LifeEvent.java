package io.legion.admin.observation;

import io.legion.core.NodeId;
import java.time.Instant;
import java.util.Optional;

/// Something that happened in the cluster, as this admin service saw it.
///
/// @param number counts up from 1
/// @param what a sentence
public record LifeEvent(
        long number, Instant at, Kind kind, String what, Optional<NodeId> node, Optional<Integer> shard) {
    /// What kind of thing it is.
    public enum Kind {
        /// A node is a member that was none.
        NODE_JOINED,
        /// A member has left, or was ejected.
        NODE_LEFT,
        /// A member begins to leave.
        NODE_LEAVING,
        /// A member can be asked no more.
        NODE_LOST,
        /// A member can be asked again.
        NODE_BACK,
        /// A node was started again.
        NODE_RESTARTED,
        /// Shards are in another state.
        SHARDS_CHANGED,
        /// A shard went on by force.
        SHARD_FORCED,
        /// Something is wrong.
        PROBLEM,
        /// It is not wrong any more.
        PROBLEM_OVER
    }
}
