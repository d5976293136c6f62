package io.legion.runtime.lane;

import io.legion.core.placement.StoppedCopies;
import io.legion.core.shard.ReplicaPlace;
import org.jspecify.annotations.Nullable;

/// A shard that has stopped here, or was set apart (R59), or takes no writes because the store is full.
///
/// @param reason for people
/// @param place null if the store does not say which place it has
public record StoppedCopy(
        StoppedCopies.Kind kind, String reason, @Nullable ReplicaPlace place) {
    /// True if nothing is wrong with it: it goes on once a release of the service is there that it needs (R87).
    public boolean awaitsRelease() {
        return kind == StoppedCopies.Kind.RELEASE;
    }

    /// True if it goes on by itself once the store has room.
    public boolean untilRoom() {
        return kind == StoppedCopies.Kind.STORE_FULL;
    }
}
