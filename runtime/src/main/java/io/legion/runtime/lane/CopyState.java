package io.legion.runtime.lane;

import io.legion.core.shard.ReplicaStatus;

/// What the copy of a shard on this node does, as one word.
public enum CopyState {
    /// Takes part.
    PARTICIPATING,
    /// Takes part, and catches up with the others before it serves readers.
    RETURNING,
    /// Takes part, and a change of the participants is being decided: nothing folds.
    CHANGING,
    /// Copies the shard from a participant.
    COPYING,
    /// Was removed, and keeps its salvage.
    REMOVED,
    /// Was removed, and is about to be dropped.
    GONE,
    /// Differs from the others at equal history, and is kept for study.
    DIVERGED,
    /// A forced change elsewhere overruled it.
    OVERRULED,
    /// The store is older than what its node has told.
    OLD_COPY,
    /// Waits for room in a full store.
    WITHOUT_ROOM,
    /// Met something that it cannot read or that must not be.
    STOPPED;

    static CopyState of(ReplicaStatus status) {
        return switch (status.phase()) {
            case PARTICIPATING ->
                status.frozen() ? CHANGING : status.returning() || !status.fresh() ? RETURNING : PARTICIPATING;
            case COPYING -> COPYING;
            case REMOVED -> REMOVED;
            case GONE -> GONE;
            case DIVERGED -> DIVERGED;
            case OVERRULED -> OVERRULED;
            case OLD_COPY -> OLD_COPY;
        };
    }
}
