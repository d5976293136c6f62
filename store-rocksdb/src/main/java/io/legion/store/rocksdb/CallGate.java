package io.legion.store.rocksdb;

import java.util.concurrent.locks.ReentrantReadWriteLock;

/// Keeps calls out of a closed store. Calls share the gate, and closing takes it alone, because a call into a
/// closed engine would end the process.
final class CallGate {

    private final ReentrantReadWriteLock open = new ReentrantReadWriteLock();
    private volatile boolean closed;

    /// Begins a call, which must end with [#leave()].
    ///
    /// @throws IllegalStateException if the store is closed
    void enter() {
        open.readLock().lock();
        if (closed) {
            leave();
            requireOpen();
        }
    }

    /// Begins a call like [#enter()], if that is possible at once.
    ///
    /// @return false if the store is closed, or is about to be
    boolean tryEnter() {
        if (!open.readLock().tryLock()) {
            return false;
        }
        if (closed) {
            leave();
            return false;
        }
        return true;
    }

    void leave() {
        open.readLock().unlock();
    }

    /// @throws IllegalStateException if the store is closed
    void requireOpen() {
        if (closed) {
            throw new IllegalStateException("The store is closed.");
        }
    }

    /// @throws IllegalStateException if the calling thread is within a call: it would wait for itself
    void requireOutside() {
        if (open.getReadHoldCount() > 0) {
            throw new IllegalStateException("The store cannot be closed from within a call of it, as by a visitor.");
        }
    }

    /// True if the calling thread is within a call that came from within another one, as of a visitor.
    boolean isNested() {
        return open.getReadHoldCount() > 1;
    }

    /// Does something while no call is under way, unless the store is closed: waits for those that are, and lets
    /// none in meanwhile. The calling thread must not be within one.
    void alone(Runnable work) {
        open.writeLock().lock();
        try {
            if (!closed) {
                work.run();
            }
        } finally {
            open.writeLock().unlock();
        }
    }

    /// Lets no more calls in, waits for those under way, and then closes what is behind the gate. Does nothing
    /// the second time.
    void close(Runnable shut) {
        open.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                shut.run();
            }
        } finally {
            open.writeLock().unlock();
        }
    }
}
