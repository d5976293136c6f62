package io.legion.benchmarks.cluster.report;

import static io.legion.benchmarks.cluster.report.Runs.run;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

/// Medians, and ratios to the peer's runs beside them.
final class RatiosTest {

    @Test
    void theMedianIsTheMiddleWhateverTheOrder() {
        assertThat(Median.of(DoubleStream.of(9, 1, 2))).isEqualTo(2);
        assertThat(Median.of(DoubleStream.of(4, 1, 100, 2))).isEqualTo(3);
        assertThat(Median.of(DoubleStream.empty())).isNaN();
    }

    @Test
    void eachFigureHasItsOwnMedian() {
        var medians = Figures.medians(List.of(run(100, 7), run(300, 5), run(200, 90)));
        assertThat(medians.get(Figure.REQUESTS_PER_SECOND)).isEqualTo(200);
        assertThat(medians.get(Figure.CPU_US_PER_REQUEST)).isEqualTo(7);
        assertThat(medians.get(Figure.P50_MS)).isNaN();
    }

    @Test
    void ratiosAreTakenPairByPairAndAboveOneIsBetterThanThePeer() {
        // The machine was half as fast in the second pair: it changes both runs, and no ratio.
        var legion = List.of(run(200, 10), run(100, 20), run(210, 10));
        var peer = List.of(run(100, 20), run(50, 40), run(100, 30));
        assertThat(Ratios.of(legion, peer)).isEqualTo(new Ratios(2, 2));
    }

    @Test
    void aPeerThatIsBetterHasRatiosBelowOne() {
        assertThat(Ratios.of(List.of(run(100, 20)), List.of(run(200, 5)))).isEqualTo(new Ratios(0.25, 0.5));
    }
}
