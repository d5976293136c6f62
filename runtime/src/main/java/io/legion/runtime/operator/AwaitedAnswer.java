package io.legion.runtime.operator;

import io.legion.core.Bytes;
import io.legion.operations.UnreachableException;
import io.legion.runtime.consult.ConsultWaiter;
import io.legion.runtime.consult.Consulting;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Where a thread waits for what another node answers.
final class AwaitedAnswer implements ConsultWaiter {
    /// Why there is no answer.
    private record None(boolean maybeAsked, String why) {}

    private final long deadlineMillis;
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile @Nullable Bytes answer;
    private volatile None none = new None(true, Consulting.LATE);

    AwaitedAnswer(long deadlineMillis) {
        this.deadlineMillis = deadlineMillis;
    }

    @Override
    public void answered(Bytes bytes) {
        answer = bytes;
        over.countDown();
    }

    @Override
    public void notAsked(String why) {
        none = new None(false, why);
        over.countDown();
    }

    @Override
    public void failed(String why) {
        none = new None(true, why);
        over.countDown();
    }

    @Override
    public long deadlineMillis() {
        return deadlineMillis;
    }

    /// The answer.
    ///
    /// @param asked names the node that was asked, at the beginning of a message
    /// @throws UnreachableException if there is none, or not in time
    Bytes await(Duration patience, String asked) {
        try {
            var _ = over.await(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            none = new None(
                    true,
                    "the calling thread was interrupted while it waited. What was asked may be done all the same.");
        }
        Bytes given = answer;
        if (given == null) {
            throw exception(asked, none);
        }
        return given;
    }

    private static UnreachableException exception(String asked, None none) {
        String message = asked + none.why;
        return none.maybeAsked ? new UnreachableException(message) : UnreachableException.notAsked(message);
    }
}
