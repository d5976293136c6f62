package io.legion.operations;

/// What came of [Operations#settle] for a shard.
///
/// @param isSettled true if all that was answered before is in history up to `position`
/// @param position at which an extract has all that; 0 if it is not settled
/// @param why what kept it from settling, as a sentence; empty if it settled
public record SettledShard(int shard, boolean isSettled, long position, String why) {}
