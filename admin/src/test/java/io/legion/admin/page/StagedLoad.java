package io.legion.admin.page;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The load of a staged cluster: counts that grow with the time.
final class StagedLoad {
    private static final Map<String, Double> PER_SECOND = Map.of("FAST", 812.0, "DURABLE", 240.0, "FINAL", 31.0);
    private static final Map<String, Integer> MEDIAN_MICROS = Map.of("FAST", 180, "DURABLE", 900, "FINAL", 6_000);

    private final long started = System.nanoTime();

    Object answer(List<StagedNode> nodes) {
        double seconds = (System.nanoTime() - started) / 1e9;
        return StagedCluster.object(
                "at",
                Instant.now().toString(),
                "nodes",
                nodes.stream().map(node -> of(node, seconds)).toList());
    }

    private static Object of(StagedNode node, double seconds) {
        if (!node.known()) {
            return StagedCluster.object("node", node.id(), "known", false);
        }
        return StagedCluster.object(
                "node",
                node.id(),
                "known",
                true,
                "requests",
                StagedCluster.object(
                        "FAST",
                        total("FAST", seconds),
                        "DURABLE",
                        total("DURABLE", seconds),
                        "FINAL",
                        total("FINAL", seconds)),
                "reads",
                Math.round(1_500 * seconds + 900 * Math.sin(seconds / 9)),
                "refused",
                0,
                "refusedHere",
                0,
                "timedOut",
                0,
                "latency",
                StagedCluster.object(
                        "FAST",
                        histogram("FAST", seconds),
                        "DURABLE",
                        histogram("DURABLE", seconds),
                        "FINAL",
                        histogram("FINAL", seconds)));
    }

    private static long total(String consistency, double seconds) {
        double rate = PER_SECOND.get(consistency);
        return Math.round(rate * (seconds + 3 * Math.sin(seconds / 11)));
    }

    // Each bucket goes twice as far as the one below, and takes half of what was left.
    private static List<List<Long>> histogram(String consistency, double seconds) {
        var buckets = new ArrayList<List<Long>>();
        long total = total(consistency, seconds);
        long atMost = 0;
        for (long upper = MEDIAN_MICROS.get(consistency); atMost < total; upper *= 2) {
            atMost += (total - atMost + 1) / 2;
            buckets.add(List.of(upper, atMost));
        }
        return buckets;
    }
}
