package io.legion.core.shard;

import io.legion.core.EventId;
import io.legion.core.RequestId;
import org.jspecify.annotations.Nullable;

/// The outstanding events of requests, the first of each: a table with open addressing, linear probing and deletion
/// without marks (Knuth, *The Art of Computer Programming*, volume 3, 6.4, algorithms L and R), without an object for
/// each. It can not be gone through: its order is that of hashes.
final class RequestTable {
    private static final int LEAST = 64;

    /// At every second place the client, behind it the number.
    private long[] ids = new long[2 * LEAST];

    /// Null where a place is free; at most half of them are taken.
    private @Nullable EventId[] events = new EventId[LEAST];

    private int size;

    @Nullable
    EventId get(RequestId id) {
        return size == 0 ? null : events[place(id.client(), id.number())];
    }

    void put(RequestId id, EventId event) {
        int place = place(id.client(), id.number());
        if (events[place] != null) {
            events[place] = event;
        } else {
            add(place, id, event);
        }
    }

    /// The event that a request has already; null if it had none, and has this one now.
    @Nullable
    EventId putIfAbsent(RequestId id, EventId event) {
        int place = place(id.client(), id.number());
        EventId known = events[place];
        if (known == null) {
            add(place, id, event);
        }
        return known;
    }

    private void add(int free, RequestId id, EventId event) {
        int place = free;
        if (++size * 2 > events.length) {
            grow();
            place = place(id.client(), id.number());
        }
        set(place, id.client(), id.number(), event);
    }

    /// Takes a request out, and moves up those behind it that would no longer be found.
    void remove(RequestId id) {
        int hole = place(id.client(), id.number());
        if (events[hole] == null) {
            return;
        }
        size--;
        events[hole] = null;
        for (int place = next(hole); events[place] != null; place = next(place)) {
            int home = home(ids[2 * place], ids[2 * place + 1]);
            if (((place - home) & (events.length - 1)) >= ((place - hole) & (events.length - 1))) {
                set(hole, ids[2 * place], ids[2 * place + 1], events[place]);
                events[place] = null;
                hole = place;
            }
        }
    }

    private void set(int place, long client, long number, @Nullable EventId event) {
        ids[2 * place] = client;
        ids[2 * place + 1] = number;
        events[place] = event;
    }

    /// Where a request is, or the free place where it would be.
    private int place(long client, long number) {
        int place = home(client, number);
        while (events[place] != null && (ids[2 * place] != client || ids[2 * place + 1] != number)) {
            place = next(place);
        }
        return place;
    }

    private int home(long client, long number) {
        return (int) Hash.mix(client * 31 + number) & (events.length - 1);
    }

    private int next(int place) {
        return (place + 1) & (events.length - 1);
    }

    private void grow() {
        long[] oldIds = ids;
        @Nullable EventId[] oldEvents = events;
        ids = new long[2 * oldIds.length];
        events = new EventId[2 * oldEvents.length];
        for (int old = 0; old < oldEvents.length; old++) {
            if (oldEvents[old] != null) {
                long client = oldIds[2 * old];
                long number = oldIds[2 * old + 1];
                set(place(client, number), client, number, oldEvents[old]);
            }
        }
    }
}
