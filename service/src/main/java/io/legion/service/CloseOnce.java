package io.legion.service;

import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// One close for all who ask for it, at the same time or later: it runs once, on a thread of its own, and
/// everybody returns when it is done.
///
/// So it works in an interrupted thread (the interrupt stays set) and in one with little stack left. What the
/// closing itself calls, such as a logger of the user, may ask for it again, and does not wait.
public final class CloseOnce {
    private final String thread;
    private final FutureTask<@Nullable Void> closing;
    private final AtomicReference<@Nullable Thread> closer = new AtomicReference<>();

    /// @param thread the name of the thread that closes
    /// @param closing runs once
    public CloseOnce(String thread, Runnable closing) {
        this.thread = thread;
        this.closing = new FutureTask<>(
                () -> {
                    closer.set(Thread.currentThread());
                    closing.run();
                },
                null);
    }

    /// Closes, or waits until it is closed.
    ///
    /// @throws RuntimeException what the closing threw, to everybody who asks
    public void close() {
        if (Thread.currentThread().equals(closer.get())) {
            return;
        }
        OwnThread.call(thread, () -> {
            closing.run();
            return OwnThread.outcome(closing);
        });
    }
}
