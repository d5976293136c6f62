package com.example.reservations.check;

import java.util.concurrent.atomic.AtomicLong;

/// Whether each node that runs hears of the others.
///
/// **Threads.** Any.
final class Wholeness {
    /// Even while they do, one more with each change.
    private final AtomicLong changes = new AtomicLong();

    /// Some node runs, or is about to, and does not hear of the others.
    void lost() {
        changes.incrementAndGet();
    }

    void restored() {
        changes.incrementAndGet();
    }

    /// For [#wasWholeSince].
    long count() {
        return changes.get();
    }

    boolean wasWholeSince(long count) {
        return count % 2 == 0 && changes.get() == count;
    }
}
