package io.legion.benchmarks.cluster.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/// A cluster is warm when its compilers have been quiet for four windows, not before it has run for a while.
final class WarmUpTest {
    private static final double BUSY = 0.4;
    private static final double QUIET = 0.019;

    private final WarmUp warmUp = new WarmUp(Duration.ofSeconds(60));

    @Test
    void itEndsAfterFourQuietWindowsInARow() {
        pass(BUSY, BUSY, BUSY, QUIET, QUIET, QUIET);
        assertThat(warmUp.next()).isPositive();
        pass(QUIET);
        assertThat(warmUp.next()).isZero();
        assertThat(warmUp.isQuiet()).isTrue();
        assertThat(warmUp.passed()).isEqualTo(Duration.ofSeconds(35));
    }

    @Test
    void oneLoudWindowBetweenMakesItWaitAgain() {
        pass(BUSY, QUIET, QUIET, QUIET, BUSY, QUIET, QUIET, QUIET);
        assertThat(warmUp.next()).isPositive();
        pass(QUIET);
        assertThat(warmUp.next()).isZero();
    }

    @Test
    void itGoesOnForALeastTimeHoweverQuiet() {
        pass(QUIET, QUIET, QUIET, QUIET, QUIET);
        assertThat(warmUp.next()).isPositive();
        pass(QUIET);
        assertThat(warmUp.next()).isZero();
    }

    @Test
    void itEndsAtTheLongestTimeHoweverLoudAndSaysThatItIsNotQuiet() {
        pass(BUSY, BUSY, BUSY, BUSY, BUSY, BUSY, BUSY, BUSY, BUSY, BUSY, BUSY, BUSY);
        assertThat(warmUp.next()).isZero();
        assertThat(warmUp.isQuiet()).isFalse();
    }

    @Test
    void theLastWindowIsNotLongerThanWhatIsLeft() {
        var brief = new WarmUp(Duration.ofSeconds(7));
        brief.passed(brief.next(), BUSY);
        assertThat(brief.next()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void noWarmUpAtAllIsOverAtOnce() {
        assertThat(new WarmUp(Duration.ZERO).next()).isZero();
    }

    @Test
    void aShareThatIsNotKnownIsNotQuiet() {
        pass(BUSY, BUSY, BUSY, Double.NaN, Double.NaN);
        assertThat(warmUp.isQuiet()).isFalse();
    }

    private void pass(double... shares) {
        for (double share : shares) {
            warmUp.passed(warmUp.next(), share);
        }
    }
}
