package io.legion.cluster.test.faults;

import io.legion.Legion;
import io.legion.Partitions;
import io.legion.RequestException;
import io.legion.core.Consistency;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;

/// What a test wants of a [FaultyNodeMain]. Used by one thread; a load goes on by itself until the next order `calm`.
final class FaultyOrders {
    static final String DONE = "done";

    private static final int KEYS = 50;
    private static final int LARGE = 1_000;
    private static final int HUGE = 50_000;

    private final Partitions<Tally> tallies;
    private final PrintStream out;
    private final List<Thread> load = new ArrayList<>();

    FaultyOrders(Legion legion, PrintStream out) {
        this.tallies = legion.partitions(Tally.TYPE);
        this.out = out;
    }

    void ready() {
        out.println(DONE);
    }

    void obey(String[] order) throws InterruptedException {
        switch (order[0]) {
            // load MILLISECONDS: a request to one key after the other, so far apart
            case "load" -> repeat(1, Long.parseLong(order[1]), this::addSomewhere);
            // hot: as many as one partition takes
            case "hot" -> repeat(16, 0, _ -> add("hot", Consistency.FAST));
            // flood CALLERS: more requests than the node serves
            case "flood" -> repeat(Integer.parseInt(order[1]), 0, this::addSlowly);
            // divide: an event that throws
            case "divide" -> repeat(1, 100, _ -> quietly(new Tally.Divide(0), "divided", Consistency.FAST));
            // odd: an event that is not pure
            case "odd" -> repeat(1, 5, _ -> quietly(new Tally.AddNumberOfNode(), "odd", Consistency.FAST));
            // fill PARTITIONS: large ones
            case "fill" -> fill(Integer.parseInt(order[1]));
            // pour: large requests, one after the other
            case "pour" -> repeat(1, 1, this::addMuch);
            // accept REQUESTS: each answered FAST
            case "accept" -> accept(Integer.parseInt(order[1]));
            case "calm" -> calm();
            default -> throw new IllegalArgumentException("no such order: " + order[0]);
        }
        out.println(DONE);
    }

    private void repeat(int callers, long pauseMillis, IntConsumer action) {
        for (int caller = 0; caller < callers; caller++) {
            load.add(Thread.startVirtualThread(() -> {
                for (int i = 0; !Thread.currentThread().isInterrupted(); i++) {
                    action.accept(i);
                    LockSupport.parkNanos(pauseMillis * 1_000_000);
                }
            }));
        }
    }

    private void addSomewhere(int number) {
        add("key-" + number % KEYS, Consistency.FAST);
    }

    private void addSlowly(int number) {
        add("key-" + number % KEYS, Consistency.DURABLE);
    }

    private void add(String key, Consistency consistency) {
        quietly(new Tally.Add(1), key, consistency);
    }

    /// Most requests of a test of faults may fail; what the doctor says of that is what matters.
    private void quietly(Tally.Change change, String key, Consistency consistency) {
        try {
            tallies.of(key).request(change, consistency);
        } catch (RequestException refused) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    private void fill(int partitions) {
        for (int i = 0; i < partitions; i++) {
            tallies.of("large-" + i).request(new Tally.Fill(noise(i, LARGE)), Consistency.FINAL);
        }
    }

    private void addMuch(int number) {
        quietly(new Tally.Fill(noise(number, HUGE)), "huge-" + number % KEYS, Consistency.FAST);
    }

    /// Does not compress, so that most blocks of a store are of states.
    private static String noise(int seed, int letters) {
        var text = new StringBuilder();
        new Random(seed).ints(letters, 'a', 'z' + 1).forEach(letter -> text.append((char) letter));
        return text.toString();
    }

    private void accept(int requests) {
        for (int i = 0; i < requests; i++) {
            tallies.of("key-" + i % KEYS).request(new Tally.Add(1), Consistency.FAST);
        }
    }

    /// Ends the load.
    void calm() throws InterruptedException {
        load.forEach(Thread::interrupt);
        for (var caller : load) {
            caller.join();
        }
        load.clear();
    }
}
