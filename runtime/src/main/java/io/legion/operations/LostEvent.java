package io.legion.operations;

import io.legion.core.EventId;
import io.legion.core.PartitionKey;
import io.legion.core.RequestId;
import java.util.Optional;

/// An event that an overruled copy holds and that is not in the history that goes on: a person has to decide
/// what becomes of it.
///
/// @param request the request that carried it
/// @param event its id
/// @param type the name of its partition's type; empty if this service does not have that type
/// @param key its partition
/// @param folded true if it had folded in the overruled era: it may have been answered FINAL
public record LostEvent(RequestId request, EventId event, Optional<String> type, PartitionKey key, boolean folded) {}
