package io.legion.admin.page;

import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A node of a staged cluster.
final class StagedNode {
    private static final long SPREAD = 0x9E3779B97F4A7C15L; // so that the first digits differ

    private final int number;
    private final String id;
    private @Nullable String whyNotKnown;
    private boolean rebalancingPaused;
    private Object lag = lag(0, 0, null, null);

    StagedNode(int number) {
        this.number = number;
        this.id = HexFormat.of().toHexDigits((number + 3) * SPREAD);
    }

    String id() {
        return id;
    }

    String address() {
        return "127.0.0.1:" + (7761 + number);
    }

    boolean known() {
        return whyNotKnown == null;
    }

    void unreachable(String why) {
        whyNotKnown = why;
    }

    /// Events wait for it.
    void isBehind(int events, long millis, String reason, String next) {
        lag = lag(events, millis, reason, next);
    }

    private static Object lag(int events, long millis, @Nullable String reason, @Nullable String next) {
        return StagedCluster.object(
                "shards", events == 0 ? 0 : 1, "events", events, "millis", millis, "reason", reason, "next", next);
    }

    void pausesRebalancing() {
        rebalancingPaused = true;
    }

    Object json(Instant started, int shards) {
        return StagedCluster.object(
                "node",
                id,
                "address",
                address(),
                "zone",
                "zone-" + (char) ('a' + number % 3),
                "weight",
                1.0,
                "status",
                "UP",
                "self",
                number == 0,
                "reachable",
                known(),
                "known",
                known(),
                "whyNotKnown",
                whyNotKnown,
                "lag",
                lag,
                "report",
                known() ? report(started, shards) : null);
    }

    private Object report(Instant started, int shards) {
        return StagedCluster.object(
                "release",
                "1.0.0-SNAPSHOT",
                "java",
                "25.0.3",
                "started",
                started.toString(),
                "clockOffsetMillis",
                number,
                "serving",
                shards / 3,
                "hosted",
                shards,
                "outstanding",
                12 + 5 * number,
                "waiting",
                0,
                "rebalancingPaused",
                rebalancingPaused,
                "storeState",
                "OK",
                "storeWhy",
                null,
                "heapUsed",
                (120L + 13L * number) << 20,
                "heapMax",
                512L << 20,
                "lostRequests",
                0,
                "types",
                List.of("registrations"));
    }

    Object participant() {
        return StagedCluster.object(
                "node", id, "entered", true, "reachable", known(), "silentMillis", known() ? 12 : 4_200);
    }

    Object member() {
        return StagedCluster.object(
                "node",
                id,
                "status",
                "UP",
                "address",
                address(),
                "reachable",
                known(),
                "silentMillis",
                known() ? 12 : 4_200);
    }
}
