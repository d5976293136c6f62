package io.legion.core.shard;

import io.legion.core.EventId;
import io.legion.core.ParticipantId;
import io.legion.core.RequestId;
import io.legion.core.primitive.Murmur;
import org.jspecify.annotations.Nullable;

/// The first outstanding event of each request: a table with open addressing, linear probing and deletion
/// without marks (Knuth, *The Art of Computer Programming*, volume 3, 6.4, algorithms L and R), without an
/// object for each. It has no iteration: its order is that of hashes.
final class RequestTable {
    private static final int LEAST = 64;

    // The numbers of one place, side by side so that a processor fetches them at once.
    private static final int TAKEN = 0;
    private static final int CLIENT = 1;
    private static final int NUMBER = 2;
    private static final int TIME = 3;
    private static final int WIDTH = 4;

    /// At most half of the places are taken.
    private long[] numbers = new long[WIDTH * LEAST];

    /// The origins of the events; at a free place the content does not count.
    private @Nullable ParticipantId[] origins = new ParticipantId[LEAST];

    private int size;

    @Nullable
    EventId get(RequestId id) {
        return size == 0 ? null : event(place(id.client(), id.number()));
    }

    void put(RequestId id, EventId event) {
        int place = place(id.client(), id.number());
        if (isTaken(place)) {
            set(place, id.client(), id.number(), event.time(), event.origin());
        } else {
            add(place, id, event);
        }
    }

    /// The event that a request had already; null if it had none, and has this one now.
    @Nullable
    EventId putIfAbsent(RequestId id, EventId event) {
        int place = place(id.client(), id.number());
        EventId known = event(place);
        if (known == null) {
            add(place, id, event);
        }
        return known;
    }

    private void add(int free, RequestId id, EventId event) {
        int place = free;
        if (++size * 2 > origins.length) {
            grow();
            place = place(id.client(), id.number());
        }
        set(place, id.client(), id.number(), event.time(), event.origin());
    }

    /// Removes a request, and moves up later ones that would no longer be found.
    void remove(RequestId id) {
        int hole = place(id.client(), id.number());
        if (!isTaken(hole)) {
            return;
        }
        size--;
        numbers[hole * WIDTH + TAKEN] = 0;
        for (int place = next(hole); isTaken(place); place = next(place)) {
            int at = place * WIDTH;
            int home = home(numbers[at + CLIENT], numbers[at + NUMBER]);
            if (((place - home) & (origins.length - 1)) >= ((place - hole) & (origins.length - 1))) {
                set(hole, numbers[at + CLIENT], numbers[at + NUMBER], numbers[at + TIME], origins[place]);
                numbers[at + TAKEN] = 0;
                hole = place;
            }
        }
    }

    private boolean isTaken(int place) {
        return numbers[place * WIDTH + TAKEN] != 0;
    }

    private @Nullable EventId event(int place) {
        ParticipantId origin = isTaken(place) ? origins[place] : null;
        return origin == null ? null : new EventId(numbers[place * WIDTH + TIME], origin);
    }

    private void set(int place, long client, long number, long time, @Nullable ParticipantId origin) {
        int at = place * WIDTH;
        numbers[at + TAKEN] = 1;
        numbers[at + CLIENT] = client;
        numbers[at + NUMBER] = number;
        numbers[at + TIME] = time;
        origins[place] = origin;
    }

    /// The place of a request, or the free place where it would be.
    private int place(long client, long number) {
        int place = home(client, number);
        while (isTaken(place) && !isOf(place, client, number)) {
            place = next(place);
        }
        return place;
    }

    private boolean isOf(int place, long client, long number) {
        return numbers[place * WIDTH + CLIENT] == client && numbers[place * WIDTH + NUMBER] == number;
    }

    private int home(long client, long number) {
        return (int) Murmur.mix(client * 31 + number) & (origins.length - 1);
    }

    private int next(int place) {
        return (place + 1) & (origins.length - 1);
    }

    private void grow() {
        long[] oldNumbers = numbers;
        @Nullable ParticipantId[] oldOrigins = origins;
        numbers = new long[2 * oldNumbers.length];
        origins = new ParticipantId[2 * oldOrigins.length];
        for (int old = 0; old < oldOrigins.length; old++) {
            int at = old * WIDTH;
            if (oldNumbers[at + TAKEN] != 0) {
                long client = oldNumbers[at + CLIENT];
                long number = oldNumbers[at + NUMBER];
                set(place(client, number), client, number, oldNumbers[at + TIME], oldOrigins[old]);
            }
        }
    }
}
