package io.legion.simulation;

import io.legion.core.IndexRecord;
import io.legion.core.SearchTag;
import io.legion.core.shard.ReplicaStatus;
import java.util.List;

/// An invariant that is looked at when a run has come to rest or, by the interfaces in here, watched before. What is
/// broken is told to [World#broken].
interface Checker {
    /// Faults are over, and everything is at rest.
    default void atRest() {}

    /// Watches what nodes store.
    interface OfFolds extends Checker {
        /// A node has stored that a request folded.
        ///
        /// @param line the history of the node's era, with what was said first of each place, event and request
        /// @param news false if another node has said just the same of this place before, and was checked then
        void folded(Machine machine, Line line, Chronicle.Folded folded, boolean news);
    }

    /// Watches how replicas stand.
    interface OfLooks extends Checker {
        /// A node has done some work, and this is how one of its shards stands.
        void looked(Machine machine, int shard, ReplicaStatus status);

        /// The disk of a machine was put back to an earlier time, and nobody said so.
        default void restored(Machine machine) {}
    }

    /// Watches the index.
    interface OfSearches extends Checker {
        /// Somebody has asked this machine for a page of the index, and it has worked off what it had to do.
        void asked(Machine machine, int type);

        /// Somebody has found a page of the index.
        void found(int type, SearchTag from, List<IndexRecord> records);
    }

    /// Watches what callers hear.
    interface OfAnswers extends Checker {
        /// A caller has got an answer, the last of the inquiry's.
        void answered(Inquiry inquiry);
    }
}
