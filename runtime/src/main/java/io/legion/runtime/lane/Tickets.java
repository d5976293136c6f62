package io.legion.runtime.lane;

import java.util.Arrays;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/// The waiters for the answers of one shard: numbers for waiters, and waiters for numbers.
///
/// A ticket is a place in the table, in the low 32 bits, and how often the place was used before, in the high
/// ones: a late reply to a ticket that was given back finds no waiter. No objects per ticket, no hashing.
final class Tickets {
    private @Nullable Waiter[] waiters = new Waiter[4];
    private int[] uses = new int[4];
    private int[] free = new int[4];
    private int freeCount;
    private int used;
    private int waiting;

    /// A ticket for this waiter.
    long take(Waiter waiter) {
        int place = freeCount > 0 ? free[--freeCount] : grown();
        waiters[place] = waiter;
        waiting++;
        return ((long) uses[place] << 32) | place;
    }

    /// The waiter with this ticket, or null if it was given back.
    @Nullable
    Waiter find(long ticket) {
        int place = (int) ticket;
        return place < used && uses[place] == (int) (ticket >>> 32) ? waiters[place] : null;
    }

    /// Gives back a ticket: its waiter waits no more.
    void giveBack(long ticket) {
        if (find(ticket) != null) {
            release((int) ticket);
        }
    }

    /// How many waiters there are.
    int waiting() {
        return waiting;
    }

    /// Gives back the tickets for which the predicate holds, in the order of their places.
    void giveBackIf(BiPredicate<Long, Waiter> predicate) {
        for (int place = 0; place < used && waiting > 0; place++) {
            Waiter waiter = waiters[place];
            if (waiter != null && predicate.test(((long) uses[place] << 32) | place, waiter)) {
                release(place);
            }
        }
    }

    private void release(int place) {
        waiters[place] = null;
        uses[place]++;
        waiting--;
        free[freeCount++] = place;
    }

    private int grown() {
        if (used == uses.length) {
            waiters = Arrays.copyOf(waiters, 2 * used);
            uses = Arrays.copyOf(uses, 2 * used);
            free = Arrays.copyOf(free, 2 * used);
        }
        return used++;
    }
}
