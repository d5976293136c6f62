package io.legion.core.shard;

/// Why a participant originates nothing for a while (R8, R32).
///
/// @param why what happened, and what ends it
/// @param atMostMillis after how long it ends by itself if nothing new happens
public record Silence(String why, long atMostMillis) {}
