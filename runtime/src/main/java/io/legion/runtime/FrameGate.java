package io.legion.runtime;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Bounds the bytes of frames that wait for a node: whoever brings more waits, and so its sender in the end.
///
/// **Threads.** Any.
final class FrameGate {
    private static final long MOST_BYTES = 32L << 20;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition room = lock.newCondition();
    private long waiting;
    private boolean closed;

    /// Waits until there is room. One frame has room always, however large it is.
    void enter(int bytes) {
        lock.lock();
        try {
            while (!closed && waiting > 0 && waiting + bytes > MOST_BYTES) {
                room.awaitUninterruptibly();
            }
            waiting += bytes;
        } finally {
            lock.unlock();
        }
    }

    /// So many bytes wait no longer.
    void leave(int bytes) {
        lock.lock();
        try {
            waiting -= bytes;
            room.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Nobody waits here any more.
    void close() {
        lock.lock();
        try {
            closed = true;
            room.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
