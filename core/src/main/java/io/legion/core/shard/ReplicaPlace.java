package io.legion.core.shard;

import io.legion.core.ParticipantId;

/// The place that a replica has in its shard, or had when it stopped.
///
/// @param participant which participant it is; of no meaning while it copies
public record ReplicaPlace(ParticipantId participant, ReplicaStatus.Phase phase) {
    /// True if it never took part.
    public boolean isCopying() {
        return phase == ReplicaStatus.Phase.COPYING;
    }

    /// True if it is kept so that a person can look at it (R43, R59).
    public boolean isKept() {
        return phase == ReplicaStatus.Phase.DIVERGED || phase == ReplicaStatus.Phase.OVERRULED;
    }
}
