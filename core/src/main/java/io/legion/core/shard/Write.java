package io.legion.core.shard;

import io.legion.core.Bytes;
import io.legion.core.IndexRecord;
import io.legion.core.ParticipantId;

/// One change of a replica's store. The writes of one [Effects] are one atomic batch, in which later ones win.
public sealed interface Write {
    /// The infimum of a partition is now this state; `bytes` is the state encoded by its type's codec.
    record PutState(PartitionAddress address, Object state, Bytes bytes) implements Write {}

    /// The partition is back at its initial state and takes no room any more.
    record DropState(PartitionAddress address) implements Write {}

    /// The log has this entry now, under its origin and its sequence number.
    record PutEntry(ParticipantId origin, long sequence, Bytes bytes) implements Write {}

    /// The entries of one origin from `first` to `last` (inclusive) are gone.
    record DropEntries(ParticipantId origin, long first, long last) implements Write {}

    /// The index has this record now.
    record PutTag(int type, IndexRecord record) implements Write {}

    /// The index has this record no longer.
    record DropTag(int type, IndexRecord record) implements Write {}

    /// A record of the replica's own book-keeping, under a short name that is unique within the shard.
    record PutRecord(Bytes name, Bytes bytes) implements Write {}

    /// The record of this name is gone.
    record DropRecord(Bytes name) implements Write {}

    /// Everything the shard has in this store: states, entries, tags and records.
    record DropEverything() implements Write {}
}
