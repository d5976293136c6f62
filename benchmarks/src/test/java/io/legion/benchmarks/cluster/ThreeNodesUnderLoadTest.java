package io.legion.benchmarks.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// That the benchmark measures: three processes, one short step.
final class ThreeNodesUnderLoadTest {
    /// A small heap, and compiled quickly rather than well.
    private static final List<String> FLAGS = List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    private static final int IN_FLIGHT = 8;

    @TempDir
    private Path directory = Path.of("");

    @Test
    void aStepIsMeasuredWithoutAFailureAndNothingIsLost() {
        try (var trio = Trio.start(Subject.legion(Mode.FAST, Kept.MEMORY), directory, FLAGS)) {
            var step = trio.step(IN_FLIGHT, Duration.ofSeconds(1), null);
            assertThat(step.failed()).isZero();
            assertThat(step.perSecond()).isPositive();
            assertThat(step.latencies().getTotalCount()).isPositive();
            assertThat(step.millis(99)).isPositive().isGreaterThanOrEqualTo(step.millis(50));
            assertThat(step.cpuMicros()).isPositive();

            var balance = trio.balance();
            assertThat(balance.acknowledged())
                    .isGreaterThanOrEqualTo(step.latencies().getTotalCount());
            assertThat(balance.holds()).as(balance.toString()).isTrue();
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

    @Test
    void aMeasurementIsTheSameAfterItsWayAsText() {
        var latencies = new Histogram(1_000, 60_000_000_000L, 3);
        latencies.recordValue(1_234_567);
        latencies.recordValueWithCount(2_000, 10);
        var read = Measurement.parse(new Measurement(new Usage(1, 2, 3, 4), 5, latencies).line());
        assertThat(read.used()).isEqualTo(new Usage(1, 2, 3, 4));
        assertThat(read.failed()).isEqualTo(5);
        assertThat(read.operations()).isEqualTo(11);
        assertThat(read.latencies().getMaxValue()).isEqualTo(latencies.getMaxValue());
    }

    @Test
    void aStepSumsItsNodesAndTakesTheMachineOnce() {
        var half = new Measurement(new Usage(1_000_000_000, 500_000_000, 1_600_000_000, 100), 1, hundred());
        var step = Step.of(64, List.of(half, half, half));
        assertThat(step.perSecond()).isEqualTo(300);
        assertThat(step.cpuMicros()).isEqualTo(5_000);
        assertThat(step.othersCores()).isCloseTo(0.1, within(1e-9));
        assertThat(step.switches()).isCloseTo(100.0 / 300, within(1e-9));
        assertThat(step.failed()).isEqualTo(3);
        assertThat(step.millis(50)).isCloseTo(2, within(0.01));
    }

    private static Histogram hundred() {
        var latencies = new Histogram(1_000, 60_000_000_000L, 3);
        latencies.recordValueWithCount(2_000_000, 100);
        return latencies;
    }

    @Test
    void aWrongWordIsRefusedWithTheNearestRightOne() {
        assertThat(refused("--mdoes", "fast")).contains("--mdoes").contains("Did you mean \"--modes\"?");
        assertThat(refused("--modes", "fsat")).contains("no mode \"fsat\". Did you mean \"fast\"?");
        assertThat(refused("--stores", "rocksdb-force")).contains("Did you mean \"rocksdb-forced\"?");
        assertThat(refused("--warm-up", "60")).contains("is no time such as");
    }

    private static String refused(String... arguments) {
        var said = new ByteArrayOutputStream();
        int code = ClusterMain.run(new PrintStream(said, true, StandardCharsets.UTF_8), arguments);
        assertThat(code).isEqualTo(2);
        return said.toString(StandardCharsets.UTF_8);
    }
}
