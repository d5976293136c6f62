package io.legion.runtime.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.operations.LoadReport.Bucket;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class LatenciesTest {
    private static long microsOf(long nanos) {
        return Math.max(1, (nanos + 999) / 1_000);
    }

    /// Each time is in the first bucket that is large enough, and no bucket is more than a quarter wide.
    @Test
    void aTimeIsInTheFirstBucketThatHasIt() {
        var random = new SplittableRandom(1);
        for (int i = 0; i < 100_000; i++) {
            long nanos = random.nextLong() >>> (20 + random.nextInt(44));
            int bucket = Latencies.bucket(nanos);
            long micros = microsOf(nanos);
            assertThat(Latencies.upperMicros(bucket)).as("%s ns", nanos).isGreaterThanOrEqualTo(micros);
            assertThat(bucket == 0 ? 0 : Latencies.upperMicros(bucket - 1))
                    .as("%s ns", nanos)
                    .isLessThan(micros)
                    .isGreaterThanOrEqualTo((micros - 1) * 3 / 4);
        }
    }

    @Test
    void countsAreCumulativeAndOnlyWhereTheyGrow() {
        var latencies = new Latencies();
        assertThat(latencies.soFar()).isEmpty();
        for (long micros : new long[] {1, 1, 2, 1_000}) {
            latencies.record(micros * 1_000);
        }
        assertThat(latencies.soFar()).containsExactly(new Bucket(1, 2), new Bucket(2, 3), new Bucket(1_024, 4));
    }

    @Test
    void anyTimeIsCounted() {
        var latencies = new Latencies();
        latencies.record(-1);
        latencies.record(0);
        latencies.record(Long.MAX_VALUE);
        assertThat(latencies.soFar()).hasSize(2);
        assertThat(latencies.soFar().getFirst()).isEqualTo(new Bucket(1, 2));
        assertThat(latencies.soFar().getLast().count()).isEqualTo(3);
    }
}
