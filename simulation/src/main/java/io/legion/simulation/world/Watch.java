package io.legion.simulation.world;

import io.legion.core.IndexRecord;
import io.legion.core.SearchTag;
import io.legion.core.shard.ReplicaStatus;
import io.legion.core.shard.Request;
import java.util.List;

/// Hears what happens in a [World], and what one of its lanes needs others to do.
public interface Watch {
    /// A machine has stored this.
    void stored(Machine machine, byte[] key, byte[] value);

    /// A machine's process is about to end without a word.
    void ending(Machine machine);

    /// A machine has done some work; this is the status of one of its shards.
    void looked(Machine machine, int shard, ReplicaStatus status);

    /// The disk of a machine was put back to an earlier time without a word.
    void restored(Machine machine);

    /// Somebody has asked this machine for a page of the index, and the machine has no work left.
    void asked(Machine machine, int type);

    /// A search has found a page of the index.
    void yielded(int type, SearchTag from, List<IndexRecord> records);

    /// A lane is about to tell of a decision.
    void telling(Machine machine);

    /// A machine's release does not run a version that is active: somebody has to bring it up.
    void outdated(Machine machine);

    /// A lane lists salvage, which somebody has to submit again.
    void resubmit(Machine owner, int shard, Request request);
}
