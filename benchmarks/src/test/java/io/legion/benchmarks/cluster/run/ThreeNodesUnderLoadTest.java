package io.legion.benchmarks.cluster.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.benchmarks.cluster.report.Balance;
import io.legion.benchmarks.cluster.report.Figure;
import io.legion.benchmarks.cluster.subject.Kept;
import io.legion.benchmarks.cluster.subject.Mode;
import io.legion.benchmarks.cluster.subject.PeerSystem;
import io.legion.benchmarks.cluster.subject.Subject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// That the benchmark measures: three processes, one short run.
final class ThreeNodesUnderLoadTest {
    /// A small heap, and compiled quickly rather than well.
    private static final List<String> FLAGS = List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    private static final int IN_FLIGHT = 8;

    @TempDir
    private Path directory = Path.of("");

    @Test
    void aRunIsMeasuredWithoutAFailureAndNothingIsLost() {
        try (var trio = Trio.start(Subject.legion(Mode.FAST, Kept.MEMORY), directory, FLAGS)) {
            trio.awaitReady();
            var run = trio.run(IN_FLIGHT, Duration.ofSeconds(1), false, null);
            assertThat(run.get(Figure.FAILED)).isZero();
            assertThat(run.get(Figure.REQUESTS_PER_SECOND)).isPositive();
            assertThat(run.get(Figure.CPU_US_PER_REQUEST)).isPositive();
            assertThat(run.get(Figure.P99_MS)).isPositive().isGreaterThanOrEqualTo(run.get(Figure.P50_MS));
            assertThat(run.get(Figure.ALLOCATED_BYTES_PER_REQUEST))
                    .as("a request carries 64 bytes")
                    .isGreaterThan(64);
            assertThat(run.compilersShare())
                    .as("young JVMs compile, and do something else too")
                    .isGreaterThan(0)
                    .isLessThan(1);

            var balance = trio.balance();
            assertThat(balance.acknowledged()).isPositive();
            assertThat(balance.holds()).as(balance.toString()).isTrue();
        }
    }

    @Test
    void watchedNodesAreAskedByADashboardAndByPrometheusInEachRun() {
        try (var trio = Trio.start(PeerSystem.WATCHED.subject(false), directory, FLAGS)) {
            trio.awaitReady();
            for (int runs = 1; runs <= 2; runs++) {
                var before = trio.looks();
                var run = trio.run(IN_FLIGHT, Duration.ofSeconds(1), true, null);
                assertThat(run.get(Figure.FAILED)).isZero();
                assertThat(run.get(Figure.REQUESTS_PER_SECOND)).isPositive();
                assertThat(trio.looks().dashboard() - before.dashboard())
                        .as("answers to each question of the dashboard")
                        .isGreaterThanOrEqualTo(3);
                assertThat(trio.looks().scrapes() - before.scrapes())
                        .as("answers to Prometheus, whose second node's turn is in the measured time")
                        .isGreaterThanOrEqualTo(2);
            }
            assertThat(trio.balance().holds()).isTrue();
        }
    }

    @Test
    void whatIsLostOrDoneTwiceIsSeen() {
        long[] told = {3, 5, 2};
        assertThat(Balance.of(told, new long[] {3, 5, 2}, 0)).isEqualTo(new Balance(10, 0, 0));
        assertThat(Balance.of(told, new long[] {3, 4, 3}, 0)).isEqualTo(new Balance(10, 1, 1));
        assertThat(Balance.of(told, new long[] {3, 5, 3}, 1))
                .as("a failed request may have been applied")
                .isEqualTo(new Balance(10, 0, 0));
        assertThat(Balance.of(told, new long[] {3, 4, 2}, 1).holds()).isFalse();
    }
}
