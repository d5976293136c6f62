package io.legion.store.postgres.owner;

import io.legion.service.Logger;
import io.legion.service.OwnThread;
import io.legion.spi.StoreException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Looks every 2 s whether an idle store still holds its schema, so that a lost session is replaced before
/// another node can take it for one that is gone, and a store that was taken over says so.
public final class OwnerKeeper implements AutoCloseable {

    private static final Duration EVERY = Duration.ofSeconds(2);

    private final OwnerSession session;
    private final Logger logger;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;

    public OwnerKeeper(OwnerSession session, Logger logger) {
        this.session = session;
        this.logger = logger;
        this.thread = OwnThread.start("legion-postgres-keeper", this::run);
    }

    private void run() {
        try {
            while (!closed.await(EVERY.toNanos(), TimeUnit.NANOSECONDS)) {
                session.look();
            }
        } catch (StoreException gone) {
            logger.error(String.valueOf(gone.getMessage()), gone);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /// Ends the thread.
    @Override
    public void close() {
        closed.countDown();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException later) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
