package io.legion.store.postgres;

import java.time.Duration;

/// For how long something is tried again, with pauses that grow. Only threads of the store's own pause: nobody
/// else may interrupt them.
final class Patience {

    private static final long FIRST_MILLIS = 20;
    private static final long LONGEST_MILLIS = 1000;

    private final Duration time;
    private long start = System.nanoTime();
    private long pauseMillis = FIRST_MILLIS;

    Patience(Duration time) {
        this.time = time;
    }

    boolean isOver() {
        return System.nanoTime() - start >= time.toNanos();
    }

    /// Begins anew: something got on.
    void renew() {
        start = System.nanoTime();
        pauseMillis = FIRST_MILLIS;
    }

    /// Waits before the next attempt.
    void pause() {
        try {
            Thread.sleep(pauseMillis);
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
        pauseMillis = Math.min(LONGEST_MILLIS, pauseMillis * 2);
    }

    Duration time() {
        return time;
    }
}
