package io.legion.runtime;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Bounds the memory of the frames that wait for a node: whoever brings more waits, and so its sender in the end.
///
/// It bounds how late the node can be too. A request of its own callers waits behind these frames, and small ones are
/// some work whatever their size.
///
/// **Threads.** Any.
final class FrameGate {
    private static final long MOST_BYTES = 32L << 20;

    /// What a frame takes as objects, beside its bytes.
    private static final int OBJECTS = 1024;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition room = lock.newCondition();
    private long waiting;
    private boolean closed;

    /// Waits until there is room for a frame of so many bytes. One frame has room always, however large it is.
    void enter(int frameBytes) {
        int bytes = frameBytes + OBJECTS;
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

    /// A frame of so many bytes waits no longer.
    void leave(int frameBytes) {
        lock.lock();
        try {
            waiting -= frameBytes + OBJECTS;
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
