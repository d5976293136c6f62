package io.legion.http.jetty;

import java.time.Duration;

/// Lets so many pass in a second. Who comes sooner waits for a turn, in the order of coming; after a quiet time some
/// may pass at once.
///
/// Source: the generic cell rate algorithm (ITU-T I.371), which keeps one time instead of a bucket.
///
/// **Threads.** Any.
final class Pace {
    private static final long BURST_NANOS = Duration.ofMillis(250).toNanos();

    private final long intervalNanos;
    private long turnNanos; // guarded by this

    /// @param perSecond how many, at least 1
    Pace(int perSecond, long nowNanos) {
        this.intervalNanos = 1_000_000_000L / perSecond;
        this.turnNanos = nowNanos - BURST_NANOS;
    }

    /// Waits for the next turn.
    void await() throws InterruptedException {
        long wait = take(System.nanoTime());
        if (wait > 0) {
            Thread.sleep(Duration.ofNanos(wait));
        }
    }

    /// Takes the next turn.
    ///
    /// @return how long it is till then, at least 0
    synchronized long take(long nowNanos) {
        long turn = Math.max(turnNanos, nowNanos - BURST_NANOS);
        turnNanos = turn + intervalNanos;
        return Math.max(0, turn - nowNanos);
    }

    /// Takes so many turns more, since what was done in one was worth as many.
    synchronized void charge(long turns, long nowNanos) {
        turnNanos = Math.max(turnNanos, nowNanos - BURST_NANOS) + turns * intervalNanos;
    }
}
