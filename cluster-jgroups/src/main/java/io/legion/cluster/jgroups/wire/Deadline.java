package io.legion.cluster.jgroups.wire;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Ends what takes too long: reads that wait for a peer, above all, which only closing their socket ends. A time limit
/// of the socket would begin anew with each byte.
final class Deadline implements AutoCloseable {
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean missed;

    /// Begins now.
    ///
    /// @param end runs after that time, unless [#close] comes first
    Deadline(Duration patience, Runnable end) {
        Thread.ofVirtual().name("legion-cluster-deadline").start(() -> watch(patience, end));
    }

    private void watch(Duration patience, Runnable end) {
        try {
            if (!ended.await(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                missed = true;
                end.run();
            }
        } catch (InterruptedException stranger) {
            // Nobody knows this thread; let the end come rather than never.
            end.run();
        }
    }

    /// True if the time was over first.
    boolean missed() {
        return missed;
    }

    @Override
    public void close() {
        ended.countDown();
    }
}
