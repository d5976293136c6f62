package io.legion.runtime.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.core.PartitionKey;
import io.legion.operations.Troubles.BusyPartition;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class BusyPartitionsTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final BusyPartitions busy = new BusyPartitions(0);

    private void ask(String key, int times, long atNanos) {
        for (int i = 0; i < times; i++) {
            busy.sample("account", PartitionKey.of(key), 1, atNanos);
        }
    }

    @Test
    void theBusiestComesFirst() {
        ask("a", 3, 0);
        ask("b", 7, 0);
        var sample = busy.lately(0);
        assertThat(sample.sampled()).isEqualTo(10);
        assertThat(sample.busiest())
                .containsExactly(
                        new BusyPartition("account", PartitionKey.of("b"), 1, 7),
                        new BusyPartition("account", PartitionKey.of("a"), 1, 3));
    }

    @Test
    void aFrequentOneIsFoundAmongManyMoreThanTheTableHolds() {
        for (int i = 0; i < 1_000; i++) {
            ask("other " + i, 1, 0);
            ask("hot", 1, 0);
        }
        var first = busy.lately(0).busiest().getFirst();
        assertThat(first.key()).isEqualTo(PartitionKey.of("hot"));
        assertThat(first.sampled()).isBetween(1_000L, 1_020L);
    }

    @Test
    void whatIsOlderThanTenSecondsIsForgotten() {
        ask("a", 5, 0);
        ask("b", 1, 6 * SECOND);
        assertThat(busy.lately(6 * SECOND).sampled()).isEqualTo(6);
        assertThat(busy.lately(11 * SECOND + 1).busiest())
                .extracting(BusyPartition::key)
                .containsExactly(PartitionKey.of("b"));
        assertThat(busy.lately(30 * SECOND).sampled()).isZero();
    }
}
