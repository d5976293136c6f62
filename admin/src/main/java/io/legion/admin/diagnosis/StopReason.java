package io.legion.admin.diagnosis;

import io.legion.operations.StoppedShard;

/// Why a shard has stopped, as far as the engine's words for it tell.
enum StopReason {
    /// The store has no room.
    FULL,
    /// The store took no write.
    FAILED,
    /// Its copy cannot be read, or is not what it should be.
    UNREADABLE;

    static StopReason of(StoppedShard stopped) {
        if (stopped.reason().startsWith("the store is full")) {
            return FULL;
        }
        return stopped.reason().startsWith("the store failed") ? FAILED : UNREADABLE;
    }
}
