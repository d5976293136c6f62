package io.legion.runtime.lane;

import io.legion.core.shard.Replica;

/// What the replicas of a lane know of the wall clock; those that come later hear it too.
///
/// @param offsetMillis how much more it shows than the times that the lane gets
/// @param acceptedAheadMillis how far ahead clocks may be by an operator's command; 0 without one
record WallClock(long offsetMillis, long acceptedAheadMillis) {
    static final WallClock EVEN = new WallClock(0, 0);

    WallClock withOffset(long millis) {
        return new WallClock(millis, acceptedAheadMillis);
    }

    WallClock accepting(long aheadMillis) {
        return new WallClock(offsetMillis, aheadMillis);
    }

    /// Tells a replica, and returns it.
    Replica tell(Replica replica) {
        replica.wallOffset(offsetMillis);
        replica.acceptClocksAhead(acceptedAheadMillis);
        return replica;
    }
}
