package io.legion.core.shard;

import io.legion.core.ParticipantId;
import io.legion.core.primitive.Epoch;

/// The place that a replica has in its shard, or had when it stopped.
///
/// @param participant which participant it is; of no meaning while it copies
/// @param epoch the epoch that it is in
public record ReplicaPlace(ParticipantId participant, long epoch, ReplicaStatus.Phase phase) {
    /// True if it never took part.
    public boolean isCopying() {
        return phase == ReplicaStatus.Phase.COPYING;
    }

    /// True if a forced change led it into a higher era than this epoch is of (R43).
    public boolean isOfHigherEra(long than) {
        return Epoch.era(epoch) > Epoch.era(than);
    }

    /// True if it is kept so that a person can look at it (R43, R59).
    public boolean isKept() {
        return phase == ReplicaStatus.Phase.DIVERGED || phase == ReplicaStatus.Phase.OVERRULED;
    }
}
