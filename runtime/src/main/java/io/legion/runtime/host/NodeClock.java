package io.legion.runtime.host;

import java.time.Duration;
import java.time.InstantSource;

/// The two times of a node. One goes on evenly, however people or time services set the wall clock: all that waits
/// goes by it. The other is the wall clock, for the times of events.
///
/// **Threads.** Any.
public final class NodeClock {
    private final InstantSource wall;
    private final long beganMillis;
    private final long beganNanos;

    /// @param wall the wall clock
    public NodeClock(InstantSource wall) {
        this.wall = wall;
        this.beganMillis = wall.millis();
        this.beganNanos = System.nanoTime();
    }

    /// The time that goes on evenly, in milliseconds; at first it is that of the wall clock.
    public long millis() {
        return beganMillis + (System.nanoTime() - beganNanos) / 1_000_000;
    }

    /// The first millisecond of the even time before which all of `patience` has passed, counted from now.
    public long deadlineMillis(Duration patience) {
        long nanos = System.nanoTime() - beganNanos + patience.toNanos();
        return beganMillis + Math.ceilDiv(nanos, 1_000_000L);
    }

    /// How long ago this clock was made, by the time that goes on evenly.
    public Duration age() {
        return Duration.ofMillis(millis() - beganMillis);
    }

    /// How much more than the even time the wall clock shows now.
    ///
    /// @param millis what [#millis()] has just said
    public long wallOffset(long millis) {
        return wall.millis() - millis;
    }
}
