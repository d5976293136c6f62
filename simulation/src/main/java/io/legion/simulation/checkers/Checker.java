package io.legion.simulation.checkers;

import io.legion.core.IndexRecord;
import io.legion.core.SearchTag;
import io.legion.core.shard.ReplicaStatus;
import io.legion.simulation.history.Histories;
import io.legion.simulation.world.Machine;
import java.util.List;

/// Checks an invariant once a run has come to rest or, through the interfaces in here, while it goes on. A
/// checker reports a breach to [io.legion.simulation.world.World#broken].
public interface Checker {
    /// The faults are over, and everything is at rest.
    default void atRest() {}

    /// Watches what nodes store.
    interface OfFolds extends Checker, Histories.Listener {}

    /// Watches the status of replicas.
    interface OfLooks extends Checker {
        /// A node has done some work; this is the status of one of its shards.
        void looked(Machine machine, int shard, ReplicaStatus status);

        /// The disk of a machine was put back to an earlier time without a word.
        default void restored(Machine machine) {}
    }

    /// Watches the index.
    interface OfSearches extends Checker {
        /// Somebody has asked this machine for a page of the index, and the machine has no work left.
        void asked(Machine machine, int type);

        /// A search has found a page of the index.
        void yielded(int type, SearchTag from, List<IndexRecord> records);
    }
}
