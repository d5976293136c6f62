package io.legion.service;

import java.util.concurrent.locks.ReentrantReadWriteLock;

/// Keeps calls out of a closed service. Calls share the gate, and closing takes it alone: it waits for those
/// under way, and what comes later is refused.
///
/// **Threads.** Any; a call ends on the thread on which it began, and may contain another one.
public final class CallGate {

    private final ReentrantReadWriteLock open = new ReentrantReadWriteLock();
    private final String closedMessage;
    private volatile boolean closed;

    /// An open gate.
    ///
    /// @param service what calls are refused as, such as `store`
    public CallGate(String service) {
        closedMessage = "The " + service + " is closed.";
    }

    /// Begins a call, which must end with [#leave()].
    ///
    /// @throws IllegalStateException if the service is closed
    public void enter() {
        open.readLock().lock();
        if (closed) {
            leave();
            requireOpen();
        }
    }

    /// Begins a call like [#enter()], if that is possible at once.
    ///
    /// @return false if the service is closed, or is about to be
    public boolean tryEnter() {
        if (!open.readLock().tryLock()) {
            return false;
        }
        if (closed) {
            leave();
            return false;
        }
        return true;
    }

    /// Ends a call.
    public void leave() {
        open.readLock().unlock();
    }

    /// Lets pass while the service is open.
    ///
    /// @throws IllegalStateException if the service is closed
    public void requireOpen() {
        if (closed) {
            throw new IllegalStateException(closedMessage);
        }
    }

    /// Lets pass a thread that is in no call.
    ///
    /// @throws IllegalStateException if the calling thread is within a call: it would wait for itself
    public void requireOutside() {
        if (open.getReadHoldCount() > 0) {
            throw new IllegalStateException("It cannot be closed from within a call of it, as by a visitor.");
        }
    }

    /// True if the calling thread is within a call that came from within another one, as of a visitor.
    public boolean isNested() {
        return open.getReadHoldCount() > 1;
    }

    /// Does something while no call is under way, unless the service is closed: waits for those that are, and lets
    /// none in meanwhile. The calling thread must not be within one.
    ///
    /// @return false if the service is closed: then it did nothing
    public boolean alone(Runnable work) {
        open.writeLock().lock();
        try {
            if (closed) {
                return false;
            }
            work.run();
            return true;
        } finally {
            open.writeLock().unlock();
        }
    }

    /// Lets no more calls in, waits for those under way, and then closes what is behind the gate. Does nothing
    /// the second time.
    public void close(Runnable shut) {
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
