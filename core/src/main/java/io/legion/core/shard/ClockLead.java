package io.legion.core.shard;

/// How far a node's wall clock is ahead of the middle one of a shard's participants, its own among them.
///
/// @param millis below zero if it is behind
/// @param fresh true if another one has shown its clock within the last seconds; else it may have been set
///     right since
public record ClockLead(long millis, boolean fresh) {}
