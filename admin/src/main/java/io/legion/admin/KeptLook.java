package io.legion.admin;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Looks at something that may take long, on a thread of its own: one look at a time, and at most one a second,
/// however many ask. Nobody waits longer for it than he wants to.
///
/// **Threads.** Any.
final class KeptLook<T> {
    private static final long KEPT = Duration.ofSeconds(1).toNanos();

    private final Supplier<T> look;
    private final LongSupplier nanoTime;
    private @Nullable CompletableFuture<T> last;
    private long begun;

    KeptLook(Supplier<T> look, LongSupplier nanoTime) {
        this.look = look;
        this.nanoTime = nanoTime;
    }

    /// What was seen at most a second ago; empty if the look takes longer than this.
    ///
    /// @throws RuntimeException what the look threw
    Optional<T> within(Duration patience) {
        try {
            return Optional.of(begin().get(patience.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException late) {
            return Optional.empty();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof RuntimeException failure
                    ? failure
                    : new IllegalStateException(failed.getCause());
        }
    }

    /// For how long the look has lasted that is under way. If none is, one begins, unless the last one is
    /// fresh.
    Duration underWay() {
        boolean done = begin().isDone();
        return done ? Duration.ZERO : since();
    }

    private synchronized Duration since() {
        return Duration.ofNanos(nanoTime.getAsLong() - begun);
    }

    private synchronized CompletableFuture<T> begin() {
        var current = last;
        if (current == null || (current.isDone() && nanoTime.getAsLong() - begun >= KEPT)) {
            begun = nanoTime.getAsLong();
            current = CompletableFuture.supplyAsync(
                    look, task -> Thread.ofVirtual().name("health-look").start(task));
            last = current;
        }
        return current;
    }
}
