package io.legion.http.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// Times in milliseconds here.
class PaceTest {
    private static final int MILLI = 1_000_000;

    private final Pace pace = new Pace(100, 0);

    private long take(long nowMillis) {
        return pace.take(nowMillis * MILLI) / MILLI;
    }

    @Test
    void someMayPassAtOnceAndTheNextWaitForOneTurnAfterTheOther() {
        for (int i = 0; i <= 25; i++) {
            assertThat(take(0)).as("number %d", i).isZero();
        }
        assertThat(take(0)).isEqualTo(10);
        assertThat(take(0)).isEqualTo(20);
        assertThat(take(15)).isEqualTo(15);
    }

    @Test
    void aLongQuietTimeSavesUpNoMoreThanAShortOne() {
        for (int i = 0; i <= 25; i++) {
            assertThat(take(3_600_000)).isZero();
        }
        assertThat(take(3_600_000)).isEqualTo(10);
    }

    @Test
    void inALongTimeNoMorePassThanTheRateAllows() {
        int passed = 0;
        for (long now = 0; now < 10_000; ) {
            long wait = take(now);
            now += wait;
            passed++;
        }
        assertThat(passed).isBetween(1_020, 1_030);
    }

    @Test
    void whatWasWorthSeveralTurnsTakesThemFromThoseBehind() {
        assertThat(take(0)).isZero();
        pace.charge(25, 0);
        assertThat(take(0)).isEqualTo(10);
        pace.charge(1, 0);
        assertThat(take(0)).isEqualTo(30);
    }
}
