package io.legion.core.shard;

import io.legion.core.Bytes;
import io.legion.core.IndexRecord;
import io.legion.core.ParticipantId;

/// One change of what a replica keeps in its store. The writes of one [Effects] are one atomic batch, later ones
/// win.
public sealed interface Write {
    /// The infimum of a partition is now this state; `bytes` is the state encoded by its type's codec.
    record PutState(PartitionAddress address, Object state, Bytes bytes) implements Write {}

    /// The partition is back at its initial state and takes no room any more.
    record DropState(PartitionAddress address) implements Write {}

    record PutEntry(ParticipantId origin, long sequence, Bytes bytes) implements Write {}

    /// The entries of one origin from `first` to `last`, both of them too.
    record DropEntries(ParticipantId origin, long first, long last) implements Write {}

    record PutTag(int type, IndexRecord record) implements Write {}

    record DropTag(int type, IndexRecord record) implements Write {}

    /// A record of the replica's own book-keeping, under a short name that is unique within the shard.
    record PutRecord(Bytes name, Bytes bytes) implements Write {}

    record DropRecord(Bytes name) implements Write {}

    /// Everything the shard has in this store: states, entries, tags and records.
    record DropEverything() implements Write {}
}
