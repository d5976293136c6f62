package io.legion.runtime.host;

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

    /// Waits until there is room for some frames of so many bytes. They have room always if no others wait, however
    /// large they are.
    void enter(int frames, int bytes) {
        long taken = taken(frames, bytes);
        lock.lock();
        try {
            while (!closed && waiting > 0 && waiting + taken > MOST_BYTES) {
                room.awaitUninterruptibly();
            }
            waiting += taken;
        } finally {
            lock.unlock();
        }
    }

    private static long taken(int frames, int bytes) {
        return bytes + (long) frames * OBJECTS;
    }

    /// Some frames of so many bytes wait no longer.
    void leave(int frames, int bytes) {
        lock.lock();
        try {
            waiting -= taken(frames, bytes);
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
