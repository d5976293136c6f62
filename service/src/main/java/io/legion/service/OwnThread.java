package io.legion.service;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Runs work that must not be disturbed by the thread that asks for it: on a thread of its own, which
/// nobody else knows. So no interrupt reaches it (which would close an open channel of a file, for
/// everybody), it has a whole stack, and it has none of the caller's inheritable variables.
public final class OwnThread {
    private OwnThread() {}

    /// Does the work and waits for it, whatever interrupts the calling thread; an interrupt stays set.
    /// Throws what the work throws.
    ///
    /// @param name of the thread
    public static <T extends @Nullable Object> T call(String name, Supplier<T> work) {
        var task = new FutureTask<T>(work::get);
        var _ = start(name, task);
        return outcome(task);
    }

    /// Starts work, and does not wait.
    ///
    /// @return the thread
    public static Thread start(String name, Runnable work) {
        var thread = Thread.ofPlatform()
                .daemon()
                .name(name)
                .inheritInheritableThreadLocals(false)
                .unstarted(work);
        thread.setContextClassLoader(Thread.currentThread().getContextClassLoader());
        thread.start();
        return thread;
    }

    /// Waits for what comes of a task of which only unchecked exceptions can come, whatever interrupts the calling
    /// thread; an interrupt stays set. Throws what the task throws.
    public static <T extends @Nullable Object> T outcome(Future<T> task) {
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
            throw ManagedException.unchecked(requireNonNull(failed.getCause()));
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
