package io.legion.admin.picture;

import io.legion.operations.UnreachableException;
import io.legion.service.OwnThread;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/// Calls that may hang, each on a thread of its own: whoever makes one waits for a bounded time. While one
/// hangs, further ones are refused at once, so that no more threads hang than began before that was known.
///
/// **Threads.** Any.
final class BoundedCalls {
    private static final String THREAD = "admin-call";

    private final Duration patience;
    private final String hanging;
    private final Set<UnderWay> all = new HashSet<>(); // guarded by this

    /// A call, which equals no other one.
    private static final class UnderWay {
        final long end;

        /// @param end when it hangs, if it is still under way
        UnderWay(long end) {
            this.end = end;
        }
    }

    /// @param patience what takes longer hangs
    /// @param hanging what is true then, for people
    BoundedCalls(Duration patience, String hanging) {
        this.patience = patience;
        this.hanging = hanging;
    }

    /// What the call gives, or throws.
    ///
    /// @param longest how long to wait for it
    /// @throws UnreachableException if it takes longer, or another one hangs
    <T> T call(Duration longest, Supplier<T> call) {
        var begun = begin(longest, call);
        try {
            return begun.get(longest.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            throw new UnreachableException(hanging);
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof RuntimeException failure
                    ? failure
                    : new IllegalStateException(failed.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while this node was asked", interrupted);
        }
    }

    private synchronized <T> CompletableFuture<T> begin(Duration longest, Supplier<T> work) {
        long now = System.nanoTime();
        if (all.stream().anyMatch(call -> now - call.end > 0)) {
            throw UnreachableException.notAsked(hanging);
        }
        var begun = CompletableFuture.supplyAsync(work, task -> OwnThread.start(THREAD, task));
        var call = new UnderWay(now + Math.max(patience.toNanos(), longest.toNanos()));
        all.add(call);
        var _ = begun.whenComplete((_, _) -> ended(call));
        return begun;
    }

    private synchronized void ended(UnderWay call) {
        all.remove(call);
    }
}
