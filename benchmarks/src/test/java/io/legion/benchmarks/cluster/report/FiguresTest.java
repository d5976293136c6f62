package io.legion.benchmarks.cluster.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.legion.benchmarks.cluster.measurement.Measurement;
import io.legion.benchmarks.cluster.measurement.Usage;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

/// What three nodes measured becomes the figures of a run.
final class FiguresTest {
    private static final Usage HALF_A_PROCESSOR =
            new Usage(1_000_000_000, 500_000_000, 10_000_000, 20_000_000, 100_000, 200, 1_600_000_000, 60_000);

    @Test
    void aMeasurementIsTheSameAfterItsWayAsText() {
        var latencies = new Histogram(1_000, 60_000_000_000L, 3);
        latencies.recordValue(1_234_567);
        latencies.recordValueWithCount(2_000, 10);
        var read = Measurement.parse(new Measurement(HALF_A_PROCESSOR, 5, latencies).line());
        assertThat(read.used()).isEqualTo(HALF_A_PROCESSOR);
        assertThat(read.failed()).isEqualTo(5);
        assertThat(read.operations()).isEqualTo(11);
        assertThat(read.latencies().getMaxValue()).isEqualTo(latencies.getMaxValue());
    }

    @Test
    void theNodesAreSummedAndTheMachineIsTakenOnce() {
        var node = new Measurement(HALF_A_PROCESSOR, 1, hundredOfTwoMillis());
        var run = Figures.of(List.of(node, node, node));
        assertThat(run.get(Figure.REQUESTS_PER_SECOND)).isEqualTo(300);
        assertThat(run.get(Figure.CPU_US_PER_REQUEST)).isEqualTo(5_000);
        assertThat(run.get(Figure.COMPILER_US_PER_REQUEST)).isEqualTo(100);
        assertThat(run.compilersShare()).isCloseTo(0.02, within(1e-9));
        assertThat(run.get(Figure.COLLECTOR_US_PER_REQUEST)).isEqualTo(200);
        assertThat(run.get(Figure.ALLOCATED_BYTES_PER_REQUEST)).isEqualTo(1_000);
        assertThat(run.get(Figure.SWITCHES_PER_REQUEST)).isEqualTo(2);
        assertThat(run.get(Figure.WIRE_BYTES_PER_REQUEST)).isEqualTo(200);
        assertThat(run.get(Figure.OTHERS_CORES)).isCloseTo(0.1, within(1e-9));
        assertThat(run.get(Figure.FAILED)).isEqualTo(3);
        assertThat(run.get(Figure.P50_MS)).isCloseTo(2, within(0.01));
        assertThat(run.get(Figure.MAX_MS)).isCloseTo(2, within(0.01));
    }

    @Test
    void whatTheSystemDoesNotTellIsNotTakenForNothing() {
        var untold = new Usage(1_000_000_000, 500_000_000, 10_000_000, 0, 100_000, 0, 0, 0);
        var run = Figures.of(List.of(new Measurement(untold, 0, hundredOfTwoMillis())));
        assertThat(run.get(Figure.COLLECTOR_US_PER_REQUEST)).isNaN();
        assertThat(run.get(Figure.SWITCHES_PER_REQUEST)).isNaN();
        assertThat(run.get(Figure.WIRE_BYTES_PER_REQUEST)).isNaN();
        assertThat(run.get(Figure.OTHERS_CORES)).isNaN();
        assertThat(run.get(Figure.CPU_US_PER_REQUEST)).isEqualTo(5_000);
    }

    private static Histogram hundredOfTwoMillis() {
        var latencies = new Histogram(1_000, 60_000_000_000L, 3);
        latencies.recordValueWithCount(2_000_000, 100);
        return latencies;
    }
}
