package io.legion.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// How long requests to the other nodes wait when one is killed.
class LossOfANodeTest {
    private static final int REPLACE_AFTER_MILLIS = 4_000;

    /// What comes on top of the deadline: until the node counts as unreachable, and a look and a decision for each
    /// shard.
    private static final int NOTICE_AND_DECIDE_MILLIS = 2_500 + 2_500;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({"durable, 1000", "final, " + (REPLACE_AFTER_MILLIS + NOTICE_AND_DECIDE_MILLIS)})
    @Timeout(240)
    void requestsToTheOthersGoOn(String consistency, long limitMillis) throws Exception {
        double slowness = Slowness.now();
        var groups = "registry:\n  consistency: " + consistency + "\n";
        try (var cluster = RegistryCluster.start(
                directory,
                groups,
                "requestTimeout: 60s",
                "placement:",
                "  replaceAfter: " + REPLACE_AFTER_MILLIS + "ms")) {
            var others = List.of(base(cluster.node(1)), base(cluster.node(3)));
            try (var traffic = Traffic.start(others)) {
                traffic.awaitAnswers(100);
                traffic.forget();
                cluster.node(2).kill();
                traffic.awaitAnswers(1_000);
                System.out.printf(
                        "Longest %s request around the kill of a node: %d ms (slowness %.1f).%n",
                        consistency, traffic.longestMillis(), slowness);
                assertThat(traffic.failures()).isEmpty();
                assertThat((double) traffic.longestMillis()).isLessThan(limitMillis * slowness);
            }
            cluster.node(2).restart();
            cluster.awaitFormed();
            IntStream.range(0, Traffic.INSTANCES)
                    .forEach(i -> assertThat(cluster.node(2)
                                    .get("/v1/services/app-" + i + "/instances/i")
                                    .statusCode())
                            .isEqualTo(200));
        }
    }

    private static String base(RegistryNode node) {
        var uri = node.uri("").toString();
        return uri.endsWith("/") ? uri.substring(0, uri.length() - 1) : uri;
    }
}
