package io.legion.runtime.host;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Who owns a node: one thread at a time, often a caller's. While it does, it is as if it were one of
/// Legion's own: it is not interrupted, it has the class loader of whoever opened the Legion, and its stack
/// has room. An interrupt that was set before is set again afterwards.
final class Ownership {
    private final ReentrantLock lock = new ReentrantLock();
    private final StackRoom room = new StackRoom();

    /// As it was when the node was opened.
    private final @Nullable ClassLoader loader = Thread.currentThread().getContextClassLoader();

    /// What the owner's thread was like before.
    private boolean interrupted;

    private @Nullable ClassLoader callers;

    /// True if this thread has enough of its stack left to own the node.
    boolean hasRoom() {
        return room.isEnough();
    }

    /// Lets this thread own the node, if no thread does.
    boolean tryTake() {
        if (lock.isHeldByCurrentThread() || !lock.tryLock()) {
            return false;
        }
        begin();
        return true;
    }

    /// Lets this thread own the node, once no other thread does.
    ///
    /// @return false if that takes longer than the time allowed, or the thread is interrupted
    boolean tryTake(Duration patience) {
        try {
            if (!lock.tryLock(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                return false;
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return false;
        }
        begin();
        return true;
    }

    /// Lets this thread own the node, once no other thread does.
    void take() {
        lock.lock();
        begin();
    }

    private void begin() {
        callers = loader;
        interrupted = false;
        try {
            Thread thread = Thread.currentThread();
            callers = thread.getContextClassLoader();
            if (isForeign(callers)) {
                thread.setContextClassLoader(loader);
            }
            interrupted = Thread.interrupted();
            InEngine.enter();
        } catch (Throwable failure) {
            giveBack();
            throw failure;
        }
    }

    /// Another thread may own the node from now on.
    void release() {
        InEngine.leave();
        giveBack();
    }

    private void giveBack() {
        Thread thread = Thread.currentThread();
        boolean wasInterrupted = interrupted;
        ClassLoader before = callers;
        lock.unlock();
        if (isForeign(before)) {
            thread.setContextClassLoader(before);
        }
        if (wasInterrupted) {
            thread.interrupt();
        }
    }

    @SuppressWarnings("ReferenceEquality") // which loader it is counts
    private boolean isForeign(@Nullable ClassLoader other) {
        return other != loader;
    }

    boolean isTaken() {
        return lock.isLocked();
    }

    boolean isMine() {
        return lock.isHeldByCurrentThread();
    }
}
