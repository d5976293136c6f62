package io.legion.service;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The releases that a use of a [Managed] owes, the latest first.
final class Releases {

    @FunctionalInterface
    interface Step {
        void run() throws Exception;
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Step> steps = new ArrayDeque<>();

    void push(Step step) {
        steps.push(step);
    }

    /// Runs all of them; throws the first failure with the others suppressed in it.
    void run() {
        var thrown = runAll(null);
        if (thrown != null) {
            throw ManagedException.unchecked(thrown);
        }
    }

    /// Runs all of them because of `cause`, and returns it with their failures suppressed in it.
    Throwable runAfter(Throwable cause) {
        var thrown = runAll(cause);
        return thrown == null ? cause : thrown;
    }

    private @Nullable Throwable runAll(@Nullable Throwable first) {
        // A release that blocks would fail at once in an interrupted thread, and leave its resource behind.
        boolean interrupted = Thread.interrupted();
        lock.lock();
        try {
            var thrown = first;
            for (var step = steps.poll(); step != null; step = steps.poll()) {
                thrown = firstOf(thrown, failureOf(step));
                interrupted |= Thread.interrupted();
            }
            return thrown;
        } finally {
            lock.unlock();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static @Nullable Throwable failureOf(Step step) {
        try {
            step.run();
            return null;
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            return interrupt;
        } catch (Throwable thrown) {
            return thrown;
        }
    }

    @SuppressWarnings("ReferenceEquality") // an exception cannot be suppressed in itself: identity is what counts
    private static @Nullable Throwable firstOf(@Nullable Throwable first, @Nullable Throwable second) {
        if (first == null || second == null) {
            return first == null ? second : first;
        }
        if (first != second) {
            first.addSuppressed(second);
        }
        return first;
    }
}
