package io.legion.core.shard;

import io.legion.core.EventId;
import io.legion.core.RequestId;

/// An event that an overruled replica holds and that is not in the history that overruled it (R43): a person
/// has to decide what becomes of it.
///
/// @param request the request that it answered
/// @param event the event's id
/// @param address its partition
/// @param folded true if it had folded in the overruled era: it may have been answered FINAL
public record Unfound(RequestId request, EventId event, PartitionAddress address, boolean folded) {}
