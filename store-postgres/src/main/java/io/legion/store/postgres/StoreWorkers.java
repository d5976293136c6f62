package io.legion.store.postgres;

import static java.util.Objects.requireNonNull;

import io.legion.spi.StoreException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The threads that talk to the database, a bounded number of them. The interrupt of a caller does not reach
/// them: the driver would lose its connection.
final class StoreWorkers implements AutoCloseable {

    private final ExecutorService threads;
    private final Semaphore free;
    private final int most;
    private final Duration wait;

    /// @param most how many work at the same time
    /// @param wait how long a caller waits for one
    StoreWorkers(int most, Duration wait) {
        this.threads = Executors.newCachedThreadPool(
                Thread.ofPlatform().daemon().name("legion-postgres-", 0).factory());
        this.free = new Semaphore(most, true);
        this.most = most;
        this.wait = wait;
    }

    /// Does the work on a thread of this service, and waits for it. Throws what the work throws.
    ///
    /// @throws StoreException if all threads are busy for too long; then nothing was done
    <T extends @Nullable Object> T call(Supplier<T> work) {
        enter();
        try {
            var task = new FutureTask<T>(work::get);
            threads.execute(task);
            return outcome(task);
        } finally {
            leave();
        }
    }

    /// Takes a place without a thread.
    ///
    /// @throws StoreException if none gets free
    void enter() {
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

    void leave() {
        free.release();
    }

    private StoreException busy() {
        return new StoreException("The database was not asked: " + most + " calls wait for it already, and none came"
                + " back for " + wait.toMillis() + " ms. It is slow, or away; nothing was changed. Look at the server,"
                + " or give the store more connections.");
    }

    private static <T extends @Nullable Object> T outcome(Future<T> task) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return task.get();
                } catch (InterruptedException later) {
                    interrupted = true;
                }
            }
        } catch (ExecutionException failed) {
            throw unchecked(requireNonNull(failed.getCause()));
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static RuntimeException unchecked(Throwable thrown) {
        if (thrown instanceof Error error) {
            throw error;
        }
        return thrown instanceof RuntimeException known ? known : new IllegalStateException(thrown);
    }

    @Override
    public void close() {
        threads.shutdown();
    }
}
