package io.legion.core.shard;

import io.legion.core.primitive.Murmur;

/// Requests in the order in which they folded, with some numbers of each; found by id.
///
/// Every event adds one, which is forgotten after many others. As objects they would all grow old before they
/// die, which costs a garbage collector most. So they are numbers in one ring, which grows to what its owner's
/// bounds allow.
///
/// Often nobody searches. So there is a table to find requests (open addressing; Knuth, *The Art of Computer
/// Programming*, volume 3, 6.4, algorithms L and R) only from the first search on, until a set number of
/// requests have come without a search.
final class RequestRing {
    // The first numbers of each request.
    static final int CLIENT = 0;
    static final int NUMBER = 1;

    /// The owner's numbers begin here.
    static final int OWN = 2;

    private static final int LEAST = 16;
    private static final int[] NO_TABLE = new int[0];

    /// How many numbers each request has.
    private final int width;

    /// After this many requests without a search the table goes.
    private final int patience;

    /// A power of two of requests; the oldest one is at `first`.
    private long[] numbers = new long[0];

    private int first;
    private int size;

    /// For each place 0, or the slot of a request plus one; at most half full. Empty while nobody searches.
    private int[] table = NO_TABLE;

    /// How many requests have come since the last search.
    private int unsearched;

    RequestRing(int width, int patience) {
        this.width = width;
        this.patience = patience;
    }

    int size() {
        return size;
    }

    /// The slot of the request with this index in the order of the ring.
    int slot(int index) {
        return (first + index) & (capacity() - 1);
    }

    long get(int slot, int column) {
        return numbers[slot * width + column];
    }

    void set(int slot, int column, long value) {
        numbers[slot * width + column] = value;
    }

    /// Adds a request that is not there; its owner sets the other numbers.
    ///
    /// @return its slot
    int addLast(long client, long number) {
        if (size == capacity()) {
            grow();
        }
        int slot = slot(size++);
        set(slot, CLIENT, client);
        set(slot, NUMBER, number);
        if (table.length > 0) {
            enterOrGiveUp(slot);
        }
        return slot;
    }

    private void enterOrGiveUp(int slot) {
        if (++unsearched > patience) {
            table = NO_TABLE;
        } else {
            enter(slot);
        }
    }

    void removeFirst() {
        if (table.length > 0) {
            leave(first);
        }
        first = slot(1);
        size--;
    }

    private int capacity() {
        return numbers.length / width;
    }

    private void grow() {
        var larger = new long[Math.max(LEAST, 2 * capacity()) * width];
        int toTheEnd = (capacity() - first) * width;
        System.arraycopy(numbers, first * width, larger, 0, toTheEnd);
        System.arraycopy(numbers, 0, larger, toTheEnd, numbers.length - toTheEnd);
        numbers = larger;
        first = 0;
        table = NO_TABLE;
    }

    /// The slot of a request; -1 if it is not there.
    int find(long client, long number) {
        if (size == 0) {
            return -1;
        }
        unsearched = 0;
        if (table.length == 0) {
            enterAll();
        }
        for (int place = home(client, number); table[place] != 0; place = next(place)) {
            int slot = table[place] - 1;
            if (get(slot, CLIENT) == client && get(slot, NUMBER) == number) {
                return slot;
            }
        }
        return -1;
    }

    private void enterAll() {
        table = new int[capacity() * 2];
        for (int i = 0; i < size; i++) {
            enter(slot(i));
        }
    }

    private void enter(int slot) {
        int place = home(slot);
        while (table[place] != 0) {
            place = next(place);
        }
        table[place] = slot + 1;
    }

    /// Removes a slot, and moves up later ones that would no longer be found.
    private void leave(int slot) {
        int hole = home(slot);
        while (table[hole] != slot + 1) {
            hole = next(hole);
        }
        for (int place = next(hole); table[place] != 0; place = next(place)) {
            int home = home(table[place] - 1);
            if (((place - home) & (table.length - 1)) >= ((place - hole) & (table.length - 1))) {
                table[hole] = table[place];
                hole = place;
            }
        }
        table[hole] = 0;
    }

    private int home(int slot) {
        return home(get(slot, CLIENT), get(slot, NUMBER));
    }

    private int home(long client, long number) {
        return (int) Murmur.mix(client * 31 + number) & (table.length - 1);
    }

    private int next(int place) {
        return (place + 1) & (table.length - 1);
    }
}
