package io.legion.runtime.client;

import io.legion.RequestException;
import io.legion.core.RequestId;
import io.legion.runtime.lane.NoAnswer;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Where a thread waits for one answer.
///
/// **Threads.** One waits, another one fills it, once.
final class Slot<T> implements ReplyTo<T> {
    private volatile @Nullable Object result;
    private volatile @Nullable Thread waiting;

    /// What the last node said that turned the call away.
    private volatile @Nullable String turnedAway;

    /// A [DeadlineStripe] wakes its thread when its time is over. The stripe sets this field and the links.
    volatile boolean watched;

    long deadlineNanos;

    @Nullable
    Slot<?> previous;

    @Nullable
    Slot<?> next;

    @Override
    public void fill(T answer) {
        set(answer);
    }

    @Override
    public void fail(NoAnswer none) {
        set(none);
    }

    @Override
    public void turnedAway(String who) {
        turnedAway = who;
    }

    /// Why there may be no answer yet, for the message that there is none.
    String reason() {
        String who = turnedAway;
        return who == null ? "" : " (the last one that turned it away was " + who + ")";
    }

    private void set(Object value) {
        result = value;
        wake();
    }

    /// Wakes its thread to look at the time and the result.
    void wake() {
        Thread thread = waiting;
        if (thread != null) {
            LockSupport.unpark(thread);
        }
    }

    boolean isFilled() {
        return result != null;
    }

    /// Waits until the slot is filled, the deadline has come, or the thread is interrupted, which it stays.
    ///
    /// @param deadlineNanos by [System#nanoTime()]
    void await(long deadlineNanos) {
        Thread thread = Thread.currentThread();
        waiting = thread;
        long rest = deadlineNanos - System.nanoTime();
        while (result == null && rest > 0 && !thread.isInterrupted()) {
            if (watched) {
                LockSupport.park(this);
            } else {
                LockSupport.parkNanos(this, rest);
            }
            rest = deadlineNanos - System.nanoTime();
        }
    }

    /// The answer; null if there is none yet.
    ///
    /// @param id of the request; null for a read or a search
    /// @throws RequestException if there will be none
    @SuppressWarnings("unchecked") // only `fill` sets what is not a NoAnswer
    @Nullable
    T answer(CallerContext callers, @Nullable RequestId id) {
        Object value = result;
        if (value instanceof NoAnswer none) {
            throw callers.unanswered(none, id);
        }
        return (T) value;
    }
}
