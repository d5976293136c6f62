package io.legion.runtime.client;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/// Wakes the virtual threads whose time is over.
///
/// A timer for each of them would cost an entry in a heap and two switches of the carrier, for something that
/// hardly ever happens. So they park without a time, and one thread looks for those whose deadline has come.
/// That thread does nothing else: the one that tells the node the time may become the node's owner, and hang in
/// a write of the store, just when callers must hear that their time is over.
///
/// It keeps no slot at which no thread waits, so it never has more slots than there are waiting threads.
///
/// **Threads.** Any.
final class Deadlines implements AutoCloseable {
    /// About how late a virtual thread may hear that its time is over.
    private static final Duration LOOK = Duration.ofMillis(50);

    private static final int STRIPES = 16;

    private final DeadlineStripe[] stripes = new DeadlineStripe[STRIPES];
    private final Thread watch;
    private volatile boolean closed;

    private Deadlines() {
        for (int i = 0; i < STRIPES; i++) {
            stripes[i] = new DeadlineStripe();
        }
        this.watch = Thread.ofPlatform()
                .daemon()
                .name("legion-deadlines")
                .inheritInheritableThreadLocals(false)
                .unstarted(this::watch);
    }

    /// Looks until it is closed.
    static Deadlines open() {
        var opened = new Deadlines();
        opened.watch.start();
        return opened;
    }

    /// Waits until a slot is filled, the deadline has come, or the thread is interrupted.
    ///
    /// @param deadlineNanos by [System#nanoTime()]
    void await(Slot<?> slot, long deadlineNanos) {
        var thread = Thread.currentThread();
        if (!thread.isVirtual()) {
            slot.await(deadlineNanos);
            return;
        }
        var stripe = stripes[(int) thread.threadId() & (STRIPES - 1)];
        stripe.add(slot, deadlineNanos);
        try {
            slot.await(deadlineNanos);
        } finally {
            stripe.remove(slot);
        }
    }

    private void watch() {
        while (!closed) {
            LockSupport.parkNanos(LOOK.toNanos());
            long now = System.nanoTime();
            for (var stripe : stripes) {
                stripe.wake(now);
            }
        }
    }

    /// A thread that waits now or later watches the time for itself.
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(watch);
        for (var stripe : stripes) {
            stripe.close();
        }
    }
}
