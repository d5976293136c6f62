package io.legion.runtime.host;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Bounds the memory of the frames that wait for a node: a thread that brings more waits, and in the end its
/// sender does.
///
/// It also bounds how late the node can be. A request of its own callers waits behind these frames, and even
/// small frames are some work.
///
/// **Threads.** Any.
final class FrameGate {
    private static final long MOST_BYTES = 32L << 20;

    /// What the objects of a frame take, beside its bytes.
    private static final int OBJECTS = 1024;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition room = lock.newCondition();
    private long waiting;
    private boolean closed;

    /// Waits until there is room for these frames, of `bytes` bytes in all. If no others wait there is always
    /// room, however large they are.
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

    /// These frames, of `bytes` bytes in all, wait no longer.
    void leave(int frames, int bytes) {
        lock.lock();
        try {
            waiting -= taken(frames, bytes);
            room.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// No thread waits here any more.
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
