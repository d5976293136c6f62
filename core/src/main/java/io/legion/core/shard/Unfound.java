package io.legion.core.shard;

import io.legion.core.EventId;
import io.legion.core.RequestId;
import org.jspecify.annotations.Nullable;

/// An event that an overruled replica holds and that is not in the history that overruled it (R43): a person
/// has to decide what becomes of it.
///
/// @param request the request that it answered
/// @param event the event's id
/// @param address its partition; null if it had folded, because the replica then no longer keeps the address
/// @param folded true if it had folded in the overruled era: it may have been answered FINAL
public record Unfound(
        RequestId request, EventId event, @Nullable PartitionAddress address, boolean folded) {}
