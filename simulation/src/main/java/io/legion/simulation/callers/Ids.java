package io.legion.simulation.callers;

import io.legion.core.RequestId;
import io.legion.simulation.Randomness;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// The request ids of callers: mostly numbers of clients without gaps; in some runs also single ids, and ids
/// that a caller has used a moment ago for another event (R74).
final class Ids {
    /// An id is used again while it is among this many.
    private static final int RECENT = 20;

    /// An id, and the fingerprints of the events for which callers gave it.
    private record Used(RequestId id, Set<Long> uses) {}

    private final Randomness random;
    private final int clients;

    /// How many requests a client makes before another client takes its place.
    private final long life;

    private final long[] numbers;
    private final boolean careless;
    private final ArrayDeque<Used> recent = new ArrayDeque<>();
    private long singles;

    Ids(Randomness random, int clients, long life) {
        this.random = random;
        this.clients = clients;
        this.life = life;
        this.numbers = new long[clients];
        this.careless = random.chance(0.4);
    }

    /// No request: it only names a read.
    static RequestId ofRead(int client) {
        return new RequestId(client(client), -1);
    }

    private static long client(long number) {
        return RequestId.client(2 * (1 + number));
    }

    /// The id for a client's next event.
    RequestId next(int client, long fingerprint) {
        if (!careless) {
            return number(client);
        }
        Used again = !recent.isEmpty() && random.chance(0.1) ? random.oneOf(List.copyOf(recent)) : null;
        // The same event once more would be a retry of a caller that is not there any more.
        return again != null && again.uses.add(fingerprint) ? again.id : fresh(client, fingerprint);
    }

    private RequestId fresh(int client, long fingerprint) {
        RequestId id = random.chance(0.5) ? RequestId.of("request " + singles++) : number(client);
        recent.addLast(new Used(id, new TreeSet<>(Set.of(fingerprint))));
        if (recent.size() > RECENT) {
            recent.removeFirst();
        }
        return id;
    }

    private RequestId number(int client) {
        long number = numbers[client]++;
        return new RequestId(client(client + clients * (number / life)), number % life);
    }
}
