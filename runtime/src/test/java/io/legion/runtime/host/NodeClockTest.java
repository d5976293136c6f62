package io.legion.runtime.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/// The two times of a node.
final class NodeClockTest {
    @Test
    void howOldItIsDoesNotDependOnTheWallClock() {
        var wall = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
        InstantSource source = wall::get;
        var clock = new NodeClock(source);
        wall.set(wall.get().plus(Duration.ofDays(1)));
        assertThat(clock.age()).isBetween(Duration.ZERO, Duration.ofHours(1));
        wall.set(wall.get().minus(Duration.ofDays(2)));
        assertThat(clock.age()).isBetween(Duration.ZERO, Duration.ofHours(1));
        assertThat(clock.wallOffset(clock.millis()))
                .isLessThan(-Duration.ofHours(23).toMillis());
    }

    @Test
    void whoWaitsUntilTheDeadlineHasHadAllOfTheTime() {
        var clock = new NodeClock(InstantSource.system());
        var patience = Duration.ofNanos(1_100_000);
        for (int i = 0; i < 200; i++) {
            long begin = System.nanoTime();
            long deadline = clock.deadlineMillis(patience);
            while (clock.millis() < deadline) {
                Thread.onSpinWait();
            }
            assertThat(System.nanoTime() - begin).isGreaterThanOrEqualTo(patience.toNanos());
        }
    }
}
