package io.legion.core.shard;

/// How far the history of a shard goes that a store has: its states are those after this position.
///
/// @param position the number of events folded
/// @param hash over all of them, see R58
public record StoredHistory(long position, long hash) {}
