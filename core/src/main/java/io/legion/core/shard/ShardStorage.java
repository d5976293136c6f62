package io.legion.core.shard;

import io.legion.core.Bytes;
import org.jspecify.annotations.Nullable;

/// What a replica reads of its own store: its own [Write]s, as far as the shell has called
/// [Replica#stored(long)].
///
/// A pure function of those writes, so the replica stays deterministic. **Failure:** if the implementation
/// cannot read something, it throws; the shell must then stop the replica, never restart it from an empty
/// state.
public interface ShardStorage {
    /// The state last put for the partition, decoded, or null if it has none. It may come from a cache: the
    /// same object may be returned many times, and the replica must not change it.
    @Nullable
    Object state(PartitionAddress address);

    /// Visits the states after `after` (exclusive; null for the first) in the order of their addresses,
    /// encoded, until the visitor returns false.
    void states(@Nullable PartitionAddress after, StateVisitor visitor);

    /// Visits all log entries, in any order.
    void entries(EntryVisitor visitor);

    /// Visits the records whose names begin with `prefix`, in the order of their names.
    void records(Bytes prefix, RecordVisitor visitor);

    /// Takes one encoded state; returns false to see no more.
    interface StateVisitor {
        boolean visit(PartitionAddress address, Bytes bytes);
    }

    /// Takes one encoded log entry.
    interface EntryVisitor {
        void visit(Bytes bytes);
    }

    /// Takes one record.
    interface RecordVisitor {
        void visit(Bytes name, Bytes bytes);
    }
}
