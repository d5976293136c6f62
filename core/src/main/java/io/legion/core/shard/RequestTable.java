package io.legion.core.shard;

import io.legion.core.EventId;
import io.legion.core.ParticipantId;
import io.legion.core.RequestId;
import io.legion.core.primitive.Murmur;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/// The first outstanding event of each request: a table with open addressing, linear probing and deletion
/// without marks (Knuth, *The Art of Computer Programming*, volume 3, 6.4, algorithms L and R), without an
/// object for each. It has no iteration: its order is that of hashes.
///
/// A client's requests have numbers that follow each other, and so do eight of them here: what a processor fetches
/// for one serves the next ones too.
final class RequestTable {
    private static final int LEAST = 64;

    /// How many numbers that follow each other stay together; a power of two.
    private static final int TOGETHER = 8;

    // The numbers of one place, side by side so that a processor fetches them at once.
    private static final int CLIENT = 0;
    private static final int NUMBER = 1;
    private static final int TIME = 2;

    /// The place of the event's origin in [#origins], and 1; 0 where the place is free.
    private static final int ORIGIN = 3;

    private static final int WIDTH = 4;

    /// At most half of the places are taken.
    private long[] numbers = new long[WIDTH * LEAST];

    private int places = LEAST;

    /// The few origins of the events.
    private final ArrayList<ParticipantId> origins = new ArrayList<>();

    private int size;

    @Nullable
    EventId get(RequestId id) {
        return size == 0 ? null : event(place(id.client(), id.number()));
    }

    void put(RequestId id, EventId event) {
        int place = place(id.client(), id.number());
        if (isTaken(place)) {
            set(place, id.client(), id.number(), event.time(), origin(event.origin()));
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
        if (++size * 2 > places) {
            grow();
            place = place(id.client(), id.number());
        }
        set(place, id.client(), id.number(), event.time(), origin(event.origin()));
    }

    /// Removes a request, and moves up later ones that would no longer be found.
    void remove(RequestId id) {
        int hole = place(id.client(), id.number());
        if (!isTaken(hole)) {
            return;
        }
        numbers[hole * WIDTH + ORIGIN] = 0;
        for (int place = next(hole); isTaken(place); place = next(place)) {
            int at = place * WIDTH;
            int home = home(numbers[at + CLIENT], numbers[at + NUMBER]);
            if (((place - home) & (places - 1)) >= ((place - hole) & (places - 1))) {
                System.arraycopy(numbers, at, numbers, hole * WIDTH, WIDTH);
                numbers[at + ORIGIN] = 0;
                hole = place;
            }
        }
        if (--size == 0) {
            origins.clear();
        }
    }

    private boolean isTaken(int place) {
        return numbers[place * WIDTH + ORIGIN] != 0;
    }

    private @Nullable EventId event(int place) {
        int at = place * WIDTH;
        int origin = (int) numbers[at + ORIGIN];
        return origin == 0 ? null : new EventId(numbers[at + TIME], origins.get(origin - 1));
    }

    private void set(int place, long client, long number, long time, long origin) {
        int at = place * WIDTH;
        numbers[at + CLIENT] = client;
        numbers[at + NUMBER] = number;
        numbers[at + TIME] = time;
        numbers[at + ORIGIN] = origin;
    }

    /// What stands for an origin in the table.
    private long origin(ParticipantId origin) {
        int known = origins.indexOf(origin);
        if (known < 0) {
            known = origins.size();
            origins.add(origin);
        }
        return known + 1L;
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
        int first = (int) Murmur.mix(client * 31 + number / TOGETHER) * TOGETHER;
        return (first + (int) (number & (TOGETHER - 1))) & (places - 1);
    }

    private int next(int place) {
        return (place + 1) & (places - 1);
    }

    private void grow() {
        long[] old = numbers;
        places *= 2;
        numbers = new long[WIDTH * places];
        for (int at = 0; at < old.length; at += WIDTH) {
            if (old[at + ORIGIN] != 0) {
                int place = place(old[at + CLIENT], old[at + NUMBER]);
                System.arraycopy(old, at, numbers, place * WIDTH, WIDTH);
            }
        }
    }
}
