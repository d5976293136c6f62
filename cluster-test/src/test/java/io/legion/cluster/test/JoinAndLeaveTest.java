package io.legion.cluster.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.legion.core.PartitionKey;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/// Three nodes become five, and then other three, under load.
final class JoinAndLeaveTest {
    private static final Duration REPLACE_AFTER = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(60);
    private static final int FILLER = 20;

    /// What moves: 10 MB in partitions that are not asked for meanwhile.
    private static final int BALLASTS = 200;

    private static final int BALLAST = 50_000;

    /// How long all but one in a thousand requests may take while nodes come and go.
    private static final long GAP_MILLIS = 500;

    /// Where they take longer than a part of that while nothing changes, the machine is busy with other things, and so
    /// many times as long is allowed.
    private static final long BUSY = 5;

    /// Where the copies are is the end of it if nothing changes for so long.
    private static final Duration CALM = Duration.ofSeconds(3);

    private static final double MOST_BYTES = 1.3;

    /// How many copies may be made for one that has to be.
    private static final double MOST_COPIES = 1.3;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path directory = Path.of("");

    private final Set<String> copies = new HashSet<>();
    private Map<Integer, Set<String>> latest = Map.of();
    private long latestNanos;

    @Test
    void nodesJoinAndLeaveWithoutAFailedRequest() {
        var refusal = Network.refusal();
        assumeTrue(refusal.isEmpty(), () -> refusal.orElse(""));
        System.out.println("logs in " + directory);
        try (var lab = Lab.of(directory, 5, 3, REPLACE_AFTER)) {
            lab.start(1, 2, 3);
            lab.awaitRest();
            lab.node(1).ask("fill " + BALLASTS + " " + BALLAST);
            for (int node = 1; node <= 3; node++) {
                lab.run(node, PAUSE, FILLER, 1);
            }
            var quiet = quiet(lab);
            moves(lab, quiet, "3 -> 5", 5, () -> join(lab));
            moves(lab, quiet, "5 -> 3", 3, () -> leave(lab));
            lab.askAll("stop");
            checked(lab, quiet);
        }
    }

    /// What is seen while nothing changes.
    ///
    /// @param bytes what is sent for a request or read
    /// @param endNanos when it was over
    private record Quiet(double bytes, Latencies latencies, long endNanos) {}

    private static Quiet quiet(Lab lab) {
        long sent = sent(lab);
        int before = lab.history().operations().size();
        Lab.pass(Duration.ofSeconds(5));
        double bytes = sent(lab) - sent;
        var operations = lab.history().operations();
        var during = operations.subList(before, operations.size());
        return new Quiet(bytes / during.size(), Latencies.of(during), System.nanoTime());
    }

    private static long sent(Lab lab) {
        return lab.askAll("sent").values().stream().mapToLong(Long::parseLong).sum();
    }

    private static void join(Lab lab) {
        lab.start(4, 5);
        lab.run(4, PAUSE, FILLER, 1);
        lab.run(5, PAUSE, FILLER, 1);
    }

    /// Both at once, and neither is one of those that have just come.
    private static void leave(Lab lab) {
        for (int node : List.of(2, 3)) {
            lab.node(node).order("leave 45000");
        }
        for (int node : List.of(2, 3)) {
            assertThat(lab.node(node).answer()).as("node " + node + " has left").isEqualTo("true");
        }
        for (int node : List.of(2, 3)) {
            lab.node(node).ask("stop");
        }
    }

    private void moves(Lab lab, Quiet quiet, String what, int serving, Runnable change) {
        var before = participants(lab.standings().values());
        copies.clear();
        long begin = System.nanoTime();
        int requests = lab.history().operations().size();
        long sent = sent(lab);
        change.run();
        Lab.await(() -> look(lab, serving), what + " is not over");
        var time = Duration.ofNanos(System.nanoTime() - begin);
        requests = lab.history().operations().size() - requests;
        long moved = sent(lab) - sent - (long) (quiet.bytes() * requests);
        var after = participants(lab.standings().values());
        report(what, time, moved, before, after);
        retire(lab);
    }

    /// Those that have left stop.
    private static void retire(Lab lab) {
        var standings = lab.standings();
        standings.forEach((node, own) -> {
            if (own.isEmpty()) {
                lab.stop(node);
            }
        });
    }

    /// Notes who has a copy, and says where they are as long as something changes or not so many nodes have any.
    private String look(Lab lab, int serving) {
        var standings = lab.standings();
        var now = participants(standings.values());
        now.forEach((shard, all) -> all.forEach(one -> copies.add(shard + " " + one)));
        long at = standings.values().stream().flatMap(List::stream).count();
        boolean isOver = at == 3L * JournalNodeMain.SHARDS
                && standings.values().stream()
                        .flatMap(List::stream)
                        .allMatch(s -> s.participants().size() == 3)
                && standings.values().stream().filter(own -> !own.isEmpty()).count() == serving;
        if (!isOver || !now.equals(latest)) {
            latest = now;
            latestNanos = System.nanoTime();
        }
        return System.nanoTime() - latestNanos > CALM.toNanos() ? "" : now.toString();
    }

    private static Map<Integer, Set<String>> participants(Collection<List<Standing>> standings) {
        var all = new TreeMap<Integer, Set<String>>();
        standings.forEach(own -> own.stream()
                .filter(standing -> standing.phase().equals("PARTICIPATING"))
                .forEach(standing -> all.computeIfAbsent(standing.shard(), _ -> new HashSet<>())
                        .addAll(standing.participants())));
        return all;
    }

    private void report(
            String what, Duration time, long moved, Map<Integer, Set<String>> before, Map<Integer, Set<String>> after) {
        long needed = 0;
        long least = 0;
        for (var shard : after.entrySet()) {
            var added = added(shard.getKey(), shard.getValue(), before);
            needed += added;
            least += added * ballast(shard.getKey());
        }
        long made = made(before);
        double ratio = (double) moved / Math.max(1, least);
        System.out.printf(
                "%s in %d ms: %d copies joined where %d had to; %.1f MB were sent beside the load, %.2f times what had"
                        + " to be%n",
                what, time.toMillis(), made, needed, moved / 1e6, ratio);
        assertThat(needed).as(what).isPositive();
        assertThat(ratio).as(what + ": bytes sent for those that had to be").isBetween(0.5, MOST_BYTES);
        assertThat((double) made).as(what).isLessThanOrEqualTo(MOST_COPIES * needed);
    }

    private long made(Map<Integer, Set<String>> before) {
        var shards = new TreeMap<Integer, Set<String>>();
        for (var copy : copies) {
            var words = copy.split(" ");
            shards.computeIfAbsent(Integer.parseInt(words[0]), _ -> new HashSet<>())
                    .add(words[1]);
        }
        return shards.entrySet().stream()
                .mapToLong(shard -> added(shard.getKey(), shard.getValue(), before))
                .sum();
    }

    private static long added(int shard, Set<String> now, Map<Integer, Set<String>> before) {
        var old = before.getOrDefault(shard, Set.of());
        return now.stream().filter(one -> !old.contains(one)).count();
    }

    /// What a copy of this shard holds, at least.
    private static long ballast(int shard) {
        long partitions = IntStream.range(0, BALLASTS)
                .filter(i -> JournalNodeMain.shardOf(PartitionKey.of("ballast-" + i)) == shard)
                .count();
        return partitions * BALLAST;
    }

    private static void checked(Lab lab, Quiet quiet) {
        var operations = lab.history().operations();
        var during =
                operations.stream().filter(o -> o.endNanos() > quiet.endNanos()).toList();
        var byKey = new TreeMap<Integer, Long>();
        during.forEach(o -> byKey.merge(o.key(), o.millis(), Math::max));
        var latencies = Latencies.of(during);
        System.out.println("before: " + quiet.latencies() + "; meanwhile, of " + during.size() + " requests and reads: "
                + latencies + "; the longest of each key: "
                + byKey.values().stream().sorted().toList());
        lab.awaitRest();
        assertThat(lab.breaches()).isEmpty();
        assertThat(operations.stream().filter(o -> !o.isAnswered())).isEmpty();
        assertThat(latencies.late())
                .isLessThan(Math.max(GAP_MILLIS, BUSY * quiet.latencies().late()));
    }
}
