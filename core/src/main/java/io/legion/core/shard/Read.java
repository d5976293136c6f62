package io.legion.core.shard;

/// What a caller asks of a partition without changing it: its state.
///
/// @param address the partition
/// @param linearizable true for the state after everything answered FINAL before the read began; false for this
///     replica's projected state, now
public record Read(PartitionAddress address, boolean linearizable) {}
