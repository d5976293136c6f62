package io.legion.store.rocksdb.current;

import io.legion.service.Logger;
import io.legion.store.rocksdb.files.Floor;
import io.legion.store.rocksdb.files.StoreExtent;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Raises the [Floor] of an open store every 2 s, on a thread of its own, while the store changes.
final class FloorKeeper implements AutoCloseable {

    static final Duration EVERY = Duration.ofSeconds(2);

    private final Floor floor;
    private final Supplier<Optional<StoreExtent>> reached;
    private final Logger logger;
    private final CountDownLatch closed = new CountDownLatch(1);
    private @Nullable StoreExtent last;
    private boolean warned;

    /// @param reached how far the files go; empty if the store is closed or about to be
    FloorKeeper(Floor floor, Supplier<Optional<StoreExtent>> reached, Logger logger) {
        this.floor = floor;
        this.reached = reached;
        this.logger = logger;
        Thread.ofPlatform().daemon().name("legion-store-floor").start(this::run);
    }

    private void run() {
        try {
            while (!closed.await(EVERY.toNanos(), TimeUnit.NANOSECONDS)) {
                raise();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /// Raises the floor now.
    synchronized void raise() {
        if (closed.getCount() == 0) {
            return;
        }
        reached.get().filter(now -> !now.equals(last)).ifPresent(this::raise);
    }

    /// Begins anew, for another engine: from now on the store has come at least this far.
    ///
    /// @throws IOException if it could not
    synchronized void restart(StoreExtent now) throws IOException {
        floor.raise(now);
        floor.force();
        last = now;
    }

    private void raise(StoreExtent now) {
        try {
            floor.raise(now);
            last = now;
        } catch (IOException failed) {
            if (!warned) {
                warned = true;
                logger.warning("The floor of the store could not be raised, and is tried again: " + failed
                        + ". If files of the store are shortened, the next opening notices less of it.");
            }
        }
    }

    /// Ends the thread and releases the file.
    @Override
    public synchronized void close() {
        closed.countDown();
        floor.close();
    }
}
