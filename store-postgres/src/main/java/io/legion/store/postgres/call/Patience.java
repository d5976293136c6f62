package io.legion.store.postgres.call;

import java.time.Duration;

/// For how long something is tried again, with pauses that grow. Only threads of the store's own pause: nobody
/// else may interrupt them.
public final class Patience {

    private static final long FIRST_MILLIS = 20;
    private static final long LONGEST_MILLIS = 1000;

    private final Duration time;
    private long start = System.nanoTime();
    private long pauseMillis = FIRST_MILLIS;

    public Patience(Duration time) {
        this.time = time;
    }

    public boolean isOver() {
        return System.nanoTime() - start >= time.toNanos();
    }

    /// Begins anew: something got on.
    public void renew() {
        start = System.nanoTime();
        pauseMillis = FIRST_MILLIS;
    }

    /// Waits before the next attempt.
    public void pause() {
        try {
            Thread.sleep(pauseMillis);
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
        pauseMillis = Math.min(LONGEST_MILLIS, pauseMillis * 2);
    }

    public Duration time() {
        return time;
    }
}
