package io.legion.http.jetty;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/// Lets no more connections be accepted than are soon looked at. Only who looks at one can close another one for it: if
/// accepting ran ahead, it would take the file handles that are kept for everything else.
///
/// **Threads.** One accepts; any may open.
final class AcceptPace {
    private static final int MOST_AHEAD = 32;

    /// A connection that is not opened by then never will be.
    private static final Duration PATIENCE = Duration.ofMillis(200);

    private final AtomicLong opened = new AtomicLong();
    private long accepted;

    /// Waits until the next one may be accepted.
    void await() throws InterruptedException {
        accepted = Math.max(accepted, opened.get()); // some were given up, and opened after all
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (accepted - opened.get() >= MOST_AHEAD) {
            if (System.nanoTime() - until >= 0) {
                accepted = opened.get();
            } else {
                Thread.sleep(1);
            }
        }
    }

    /// One was accepted.
    void accepted() {
        accepted++;
    }

    /// One was opened.
    void opened() {
        opened.incrementAndGet();
    }
}
