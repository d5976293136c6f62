package io.legion.simulation;

import io.legion.core.Bytes;
import io.legion.core.IndexRecord;
import io.legion.core.SearchTag;
import io.legion.core.shard.ReplicaStatus;
import java.util.List;

/// An invariant that is watched during a run, or looked at when the run has come to rest. What is broken is told
/// to [World#broken].
interface Checker {
    /// A node has stored that a request folded.
    ///
    /// @param line the history of the node's era, with what was said first of each place, event and request
    default void folded(Machine machine, Line line, Chronicle.Folded folded) {}

    /// A node has done some work, and this is how one of its shards stands.
    default void looked(Machine machine, int shard, ReplicaStatus status) {}

    /// The disk of a machine was put back to an earlier time, and nobody said so.
    default void restored(Machine machine) {}

    /// A node has put this key into its index.
    default void indexed(Bytes key) {}

    /// Somebody has found a page of the index.
    default void found(int type, SearchTag from, List<IndexRecord> records) {}

    /// A caller has got an answer, the last of the inquiry's.
    default void answered(Inquiry inquiry) {}

    /// Faults are over, and everything is at rest.
    default void atRest() {}
}
