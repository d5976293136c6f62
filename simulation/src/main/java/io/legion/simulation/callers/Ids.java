package io.legion.simulation.callers;

import io.legion.core.RequestId;
import io.legion.simulation.Randomness;
import java.util.ArrayDeque;

/// The request ids of callers: mostly numbers of clients without gaps; in some runs also single ids, and ids that a
/// caller has used a moment ago for another event (R74).
final class Ids {
    /// An id is used again while it is among this many.
    private static final int RECENT = 20;

    private final Randomness random;
    private final int clients;

    /// How many requests a client makes before another client takes its place.
    private final long life;

    private final long[] numbers;
    private final boolean careless;
    private final ArrayDeque<RequestId> recent = new ArrayDeque<>();
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

    RequestId next(int client) {
        if (!careless) {
            return number(client);
        }
        if (!recent.isEmpty() && random.chance(0.1)) {
            return recent.stream().skip(random.below(recent.size())).findFirst().orElseThrow();
        }
        RequestId id = random.chance(0.5) ? RequestId.of("request " + singles++) : number(client);
        recent.addLast(id);
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
