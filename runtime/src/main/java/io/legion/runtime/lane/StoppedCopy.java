package io.legion.runtime.lane;

import io.legion.core.ParticipantId;
import java.util.Optional;

/// A shard that has stopped here, or was set apart (R59).
///
/// @param reason for people
/// @param place its place in the shard; empty if it never took part, or if the store does not say
/// @param isPlaceKnown false if the store does not say which place it has
/// @param isDiverged true if it was set apart, so that a person can look at its state
public record StoppedCopy(String reason, Optional<ParticipantId> place, boolean isPlaceKnown, boolean isDiverged) {}
