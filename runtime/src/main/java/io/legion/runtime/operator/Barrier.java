package io.legion.runtime.operator;

import io.legion.core.shard.Reply;
import io.legion.runtime.lane.NoAnswer;
import io.legion.runtime.lane.Waiter;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Waits until a mark that was put into the history of a shard has folded.
final class Barrier implements Waiter {
    private static final String LATE = "it has events that did not get into history in time";

    private final long deadlineMillis;
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile String why = LATE;

    Barrier(long deadlineMillis) {
        this.deadlineMillis = deadlineMillis;
    }

    @Override
    public void replied(Reply reply) {
        why = reply instanceof Reply.Refused refused ? refused.explanation() : "";
        over.countDown();
    }

    @Override
    public void failed(NoAnswer none) {
        why = none.reason() == NoAnswer.Reason.TIMED_OUT ? LATE : none.explanation();
        over.countDown();
    }

    @Override
    public long deadlineMillis() {
        return deadlineMillis;
    }

    /// Waits for it.
    ///
    /// @param untilNanos when to give up
    /// @return why it has not folded; empty if it has
    String await(long untilNanos) {
        try {
            var _ = over.await(untilNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            why = "the thread that waited was interrupted";
        }
        return why;
    }
}
