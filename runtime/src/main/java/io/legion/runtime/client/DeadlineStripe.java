package io.legion.runtime.client;

import org.jspecify.annotations.Nullable;

/// Some of the slots of [Deadlines], in the order of their deadlines: a list linked through the slots
/// themselves.
///
/// All callers of a node have the same patience, so a new slot nearly always belongs at the end of the list,
/// and only its beginning needs a look.
///
/// **Threads.** Any.
final class DeadlineStripe {
    private @Nullable Slot<?> first;
    private @Nullable Slot<?> last;
    private boolean closed;

    /// From now on the stripe wakes the slot's thread when its time is over; the thread need not watch the
    /// time.
    synchronized void add(Slot<?> slot, long deadlineNanos) {
        if (!closed) {
            slot.deadlineNanos = deadlineNanos;
            link(last(deadlineNanos), slot);
            slot.watched = true;
        }
    }

    /// The last slot with no later deadline.
    private @Nullable Slot<?> last(long deadlineNanos) {
        Slot<?> before = last;
        while (before != null && before.deadlineNanos - deadlineNanos > 0) {
            before = before.previous;
        }
        return before;
    }

    private void link(@Nullable Slot<?> before, Slot<?> slot) {
        Slot<?> after = before == null ? first : before.next;
        slot.previous = before;
        slot.next = after;
        join(before, slot);
        join(slot, after);
    }

    /// Forgets the slot.
    synchronized void remove(Slot<?> slot) {
        if (slot.watched) {
            join(slot.previous, slot.next);
            slot.previous = null;
            slot.next = null;
            slot.watched = false;
        }
    }

    /// Makes two slots neighbours; null is the end.
    private void join(@Nullable Slot<?> before, @Nullable Slot<?> after) {
        if (before == null) {
            first = after;
        } else {
            before.next = after;
        }
        if (after == null) {
            last = before;
        } else {
            after.previous = before;
        }
    }

    /// Wakes the threads whose time is over. They take their slots out themselves.
    synchronized void wake(long nowNanos) {
        for (Slot<?> slot = first; slot != null && slot.deadlineNanos - nowNanos <= 0; slot = slot.next) {
            slot.wake();
        }
    }

    /// From now on each thread watches the time for itself.
    synchronized void close() {
        closed = true;
        while (first != null) {
            Slot<?> slot = first;
            remove(slot);
            slot.wake();
        }
    }

    synchronized boolean isEmpty() {
        return first == null;
    }
}
