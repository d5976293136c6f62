package io.legion.cluster.test.kill;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/// Real processes of a node on its own are killed (`kill -9`) at random under load, some while they start: no
/// entry that was acknowledged is lost, none is there twice, also if it is tried again under its id, and the
/// index equals the states. A durability that a kill may take from may lose entries, and nothing else.
///
/// `-Dlegion.kill.rounds=200` kills as often for all durabilities together, `-Dlegion.kill.seed=N` at the same
/// moments.
final class KillRoundsTest {
    private static final int ROUNDS = Integer.getInteger("legion.kill.rounds", 20);
    private static final long SEED = Long.getLong("legion.kill.seed", 16);
    private static final List<String> DURABILITIES = List.of("HANDED_OVER", "FORCED", "MEMORY");
    private static final int MOST_MILLIS = 700;
    private static final int MOST_START_MILLIS = 1_200;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path directory = Path.of("");

    private final SplittableRandom random = new SplittableRandom(SEED);

    /// Of each durability, what each ledger had after each round.
    private final Map<String, Map<Integer, Map<String, List<Long>>>> books = new TreeMap<>();

    /// The node of each durability that was checked last.
    private final Map<String, KilledNode> running = new TreeMap<>();

    private int acknowledged;
    private int repeated;
    private int lost;

    @Test
    void nothingAcknowledgedIsLostOrDoubledAndTheIndexEqualsTheStates() throws IOException, InterruptedException {
        System.out.println("seed " + SEED + ", logs in " + directory);
        try {
            for (int round = 0; round < ROUNDS; round++) {
                round(round, DURABILITIES.get(round % DURABILITIES.size()));
            }
        } finally {
            for (var node : running.values()) {
                node.kill();
            }
        }
        System.out.println(ROUNDS + " rounds: " + acknowledged + " entries acknowledged, " + repeated + " tried again, "
                + lost + " lost of those in memory only");
        assertThat(acknowledged).isGreaterThan(ROUNDS);
    }

    private void round(int round, String durability) throws IOException, InterruptedException {
        var killed = running.containsKey(durability) ? running.get(durability) : ready(durability);
        killed.order("run " + round);
        pass(random.nextInt(MOST_MILLIS));
        awaitAnswered(killed, round, durability);
        killed.kill();
        if (random.nextInt(4) == 0) {
            var starting = start(durability);
            pass(random.nextInt(MOST_START_MILLIS));
            starting.kill();
        }
        var again = ready(durability);
        check(round, durability, killed, again);
        running.put(durability, again);
    }

    private static void awaitAnswered(KilledNode node, int round, String durability) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(KilledNode.PATIENCE_SECONDS);
        while (node.answered() == 0) {
            assertThat(node.isAlive())
                    .as("round %d, %s: the node runs until it is killed", round, durability)
                    .isTrue();
            assertThat(System.nanoTime())
                    .as("round %d, %s: a request is answered", round, durability)
                    .isLessThan(end);
            pass(10);
        }
    }

    private KilledNode ready(String durability) throws IOException, InterruptedException {
        var node = start(durability);
        node.answer();
        return node;
    }

    private KilledNode start(String durability) throws IOException {
        return KilledNode.start(directory.resolve(durability), durability, directory.resolve(durability + ".log"));
    }

    private void check(int round, String durability, KilledNode killed, KilledNode again) throws InterruptedException {
        acknowledged += killed.acknowledged().size();
        var before = ledgers(round, again);
        var missing = missing(before, killed.acknowledged());
        if (!durability.equals("MEMORY")) {
            assertThat(missing)
                    .as("round %d, %s: acknowledged and lost", round, durability)
                    .isEmpty();
        }
        lost += missing.size();
        var open = new TreeMap<>(killed.sent());
        open.keySet().removeAll(killed.acknowledged().keySet());
        for (var request : open.entrySet()) {
            repeated++;
            again.ask("enter " + request.getValue() + " " + request.getKey());
        }
        var after = ledgers(round, again);
        assertThat(missing(after, open)).as("round %d: tried again", round).isEmpty();
        after.forEach((key, entries) -> {
            assertThat(entries).as("round %d, %s: once each", round, key).doesNotHaveDuplicates();
            assertThat(killed.sent().keySet())
                    .as("round %d, %s: made by a caller", round, key)
                    .containsAll(entries);
        });
        var book = books.computeIfAbsent(durability, _ -> new TreeMap<>());
        book.put(round, after);
        checkAll(durability, book, again);
    }

    /// All rounds so far: what a durability keeps is as it was, and the index is that of what is there.
    private static void checkAll(String durability, Map<Integer, Map<String, List<Long>>> book, KilledNode node)
            throws InterruptedException {
        var sizes = new TreeMap<String, Integer>();
        for (var earlier : book.entrySet()) {
            var now = ledgers(earlier.getKey(), node);
            if (!durability.equals("MEMORY")) {
                assertThat(now).as("round %d, %s", earlier.getKey(), durability).isEqualTo(earlier.getValue());
            }
            now.forEach((key, entries) -> {
                if (!entries.isEmpty()) {
                    sizes.put(key, entries.size());
                }
            });
        }
        assertThat(index(node)).as("%s: the index", durability).isEqualTo(sizes);
    }

    private static List<Long> missing(Map<String, List<Long>> ledgers, Map<Long, String> wished) {
        var there = ledgers.entrySet().stream()
                .flatMap(ledger -> ledger.getValue().stream().map(entry -> ledger.getKey() + " " + entry))
                .collect(Collectors.toCollection(HashSet::new));
        var missing = new ArrayList<Long>();
        wished.forEach((entry, key) -> {
            if (!there.contains(key + " " + entry)) {
                missing.add(entry);
            }
        });
        return missing;
    }

    private static Map<String, List<Long>> ledgers(int round, KilledNode node) throws InterruptedException {
        var ledgers = new TreeMap<String, List<Long>>();
        var told = node.ask("ledgers " + round).split(";", -1);
        for (int i = 0; i < told.length; i++) {
            var entries = Arrays.stream(told[i].strip().split(","))
                    .filter(entry -> !entry.isEmpty())
                    .map(Long::valueOf)
                    .toList();
            ledgers.put(KilledNodeMain.key(round, i), entries);
        }
        return ledgers;
    }

    private static Map<String, Integer> index(KilledNode node) throws InterruptedException {
        return Arrays.stream(node.ask("index").strip().split(","))
                .filter(record -> !record.isEmpty())
                .map(record -> record.split("="))
                .collect(Collectors.toMap(record -> record[0], record -> Integer.valueOf(record[1])));
    }

    private static void pass(int millis) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
    }
}
