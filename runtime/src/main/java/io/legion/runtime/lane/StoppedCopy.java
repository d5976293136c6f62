package io.legion.runtime.lane;

import io.legion.core.shard.ReplicaPlace;
import org.jspecify.annotations.Nullable;

/// A shard that has stopped here, or was set apart (R59).
///
/// @param reason for people
/// @param place null if the store does not say which place it has
public record StoppedCopy(String reason, @Nullable ReplicaPlace place) {}
