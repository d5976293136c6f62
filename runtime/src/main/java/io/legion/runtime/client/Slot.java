package io.legion.runtime.client;

import io.legion.RequestException;
import io.legion.core.RequestId;
import io.legion.core.shard.Reply;
import io.legion.runtime.frame.Page;
import io.legion.runtime.lane.NoAnswer;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Where a thread waits for one reply, or for one page of the index.
///
/// **Threads.** One waits, another one fills it, once.
public final class Slot {
    private volatile @Nullable Object result;
    private volatile @Nullable Thread waiting;

    /// A [DeadlineStripe] wakes its thread when its time is over. The stripe sets this field and the links.
    volatile boolean watched;

    long deadlineNanos;

    @Nullable
    Slot previous;

    @Nullable
    public Slot next;

    public void fill(Reply reply) {
        set(reply);
    }

    public void fill(NoAnswer none) {
        set(none);
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

    public void fill(Page page) {
        set(page);
    }

    public boolean isFilled() {
        return result != null;
    }

    /// Waits until the slot is filled or the deadline has come.
    ///
    /// @param deadlineNanos by [System#nanoTime()]
    public void await(long deadlineNanos) {
        boolean interrupted = false;
        waiting = Thread.currentThread();
        long rest = deadlineNanos - System.nanoTime();
        while (result == null && rest > 0) {
            if (watched) {
                LockSupport.park(this);
            } else {
                LockSupport.parkNanos(this, rest);
            }
            interrupted |= Thread.interrupted();
            rest = deadlineNanos - System.nanoTime();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /// The reply; null if there is none yet.
    ///
    /// @param id of the request; null for a read
    /// @throws RequestException if there will be none
    @Nullable
    public Reply reply(@Nullable RequestId id) {
        return (Reply) result(id);
    }

    /// The page of the index; null if there is none yet.
    ///
    /// @throws RequestException if there will be none
    @Nullable
    public Page page() {
        return (Page) result(null);
    }

    private @Nullable Object result(@Nullable RequestId id) {
        Object value = result;
        if (value instanceof NoAnswer none) {
            throw Answers.exception(none, id);
        }
        return value;
    }
}
