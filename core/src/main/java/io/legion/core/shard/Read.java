package io.legion.core.shard;

/// A read of one partition's state.
///
/// @param ticket the shell's own number for the waiting caller
/// @param address the partition
/// @param linearizable true for the state after everything answered FINAL before the read began; false for this
///     replica's projected state, now
public record Read(long ticket, PartitionAddress address, boolean linearizable) {}
