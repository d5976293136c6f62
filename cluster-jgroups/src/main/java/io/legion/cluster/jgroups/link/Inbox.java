package io.legion.cluster.jgroups.link;

import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// What the listener shall hear of one peer, in order and on one thread at a time.
public final class Inbox {

    /// Something to tell.
    public interface News {
        /// Tells it.
        void tell();
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<News> waiting = new ArrayDeque<>();

    /// Held while the listener is called.
    private final ReentrantLock telling = new ReentrantLock();

    private final Executor threads;
    private boolean busy;
    private boolean closed;

    /// @param threads for [#tellSoon]
    public Inbox(Executor threads) {
        this.threads = threads;
    }

    /// Adds without telling; [#tellSoon] or [#tellHere] must follow.
    public void add(News news) {
        lock.lock();
        try {
            if (!closed) {
                waiting.add(news);
            }
        } finally {
            lock.unlock();
        }
    }

    /// Tells what waits, on a thread of its own, unless a thread is at it.
    public void tellSoon() {
        if (begin()) {
            threads.execute(this::run);
        }
    }

    /// Tells what waits, on this thread, unless another one is at it.
    void tellHere() {
        if (begin()) {
            run();
        }
    }

    /// True if something waits or is being told.
    boolean busy() {
        lock.lock();
        try {
            return busy || !waiting.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /// Tells nothing more from now on. Waits for what is being told, unless this very thread tells it.
    public void close() {
        forbid();
        if (telling.isHeldByCurrentThread()) {
            return;
        }
        telling.lock();
        try {
            forbid();
        } finally {
            telling.unlock();
        }
    }

    private void forbid() {
        lock.lock();
        try {
            closed = true;
            waiting.clear();
        } finally {
            lock.unlock();
        }
    }

    private boolean begin() {
        lock.lock();
        try {
            if (busy || waiting.isEmpty()) {
                return false;
            }
            busy = true;
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        telling.lock();
        try {
            for (var next = next(); next != null; next = next()) {
                next.tell();
            }
        } finally {
            telling.unlock();
        }
    }

    private @Nullable News next() {
        lock.lock();
        try {
            var next = waiting.poll();
            if (next == null) {
                busy = false;
            }
            return next;
        } finally {
            lock.unlock();
        }
    }
}
