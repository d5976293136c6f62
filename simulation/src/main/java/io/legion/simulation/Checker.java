package io.legion.simulation;

import io.legion.core.shard.ReplicaStatus;

/// An invariant that is watched during a run, or looked at when the run has come to rest. What is broken is told
/// to [World#broken].
interface Checker {
    /// A node has stored that a request folded.
    ///
    /// @param line the history of the node's era, with what was said first of each place, event and request
    default void folded(Machine machine, Line line, Chronicle.Folded folded) {}

    /// A node has done some work, and this is how one of its shards stands.
    default void looked(Machine machine, int shard, ReplicaStatus status) {}

    /// A caller has got an answer, the last of the inquiry's.
    default void answered(Inquiry inquiry) {}

    /// Faults are over, and everything is at rest.
    default void atRest() {}
}
