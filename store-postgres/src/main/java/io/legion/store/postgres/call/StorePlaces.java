package io.legion.store.postgres.call;

import io.legion.spi.StoreException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// A bounded number of places, for which callers wait in the order in which they came, and not for ever.
public final class StorePlaces {

    private final Semaphore free;
    private final int most;
    private final Duration wait;

    /// @param most how many there are
    /// @param wait how long a caller waits for one
    public StorePlaces(int most, Duration wait) {
        this.free = new Semaphore(most, true);
        this.most = most;
        this.wait = wait;
    }

    /// Takes a place, which [#leave()] frees. An interrupt does not end the waiting.
    ///
    /// @throws StoreException if none gets free
    public void enter() {
        boolean interrupted = false;
        long until = System.nanoTime() + wait.toNanos();
        try {
            while (true) {
                try {
                    if (free.tryAcquire(until - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                        return;
                    }
                    throw busy();
                } catch (InterruptedException later) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    public void leave() {
        free.release();
    }

    private StoreException busy() {
        return new StoreException("The database was not asked: " + most + " calls wait for it already, and none came"
                + " back for " + wait.toMillis() + " ms. It is slow, or away; nothing was changed. Look at the server,"
                + " or give the store more connections.");
    }
}
