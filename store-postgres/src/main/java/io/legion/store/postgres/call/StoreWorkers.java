package io.legion.store.postgres.call;

import io.legion.service.OwnThread;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The threads that talk to the database, a bounded number of them. The interrupt of a caller does not reach
/// them: the driver would lose its connection.
public final class StoreWorkers implements AutoCloseable {

    private final ExecutorService threads;
    private final StorePlaces places;

    /// @param most how many work at the same time
    /// @param wait how long a caller waits for one
    public StoreWorkers(int most, Duration wait) {
        this.threads = Executors.newCachedThreadPool(
                Thread.ofPlatform().daemon().name("legion-postgres-", 0).factory());
        this.places = new StorePlaces(most, wait);
    }

    /// Does the work on a thread of this service, and waits for it. Throws what the work throws.
    ///
    /// @throws io.legion.spi.StoreException if all threads are busy for too long; then nothing was done
    public <T extends @Nullable Object> T call(Supplier<T> work) {
        places.enter();
        try {
            return run(work);
        } finally {
            places.leave();
        }
    }

    /// Gives a connection back, on one more thread: those who have the others may wait for just that connection. There
    /// are no more such calls than connections.
    public void giveBack(Runnable work) {
        run(() -> {
            work.run();
            return null;
        });
    }

    private <T extends @Nullable Object> T run(Supplier<T> work) {
        var task = new FutureTask<T>(work::get);
        threads.execute(task);
        return OwnThread.outcome(task);
    }

    @Override
    public void close() {
        threads.shutdown();
    }
}
