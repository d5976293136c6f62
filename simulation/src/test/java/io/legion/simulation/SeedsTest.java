package io.legion.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class SeedsTest {
    @Test
    void noSeedBreaksAnInvariant() {
        long seeds = Long.getLong("legion.seeds", 1_000);
        var tally = new Tally();
        var next = new AtomicLong();
        int threads = Runtime.getRuntime().availableProcessors();
        try (var workers = Executors.newFixedThreadPool(threads)) {
            for (int i = 0; i < threads; i++) {
                workers.execute(() -> {
                    for (long seed = next.getAndIncrement(); seed < seeds; seed = next.getAndIncrement()) {
                        tally.add(Runs.quietly(Plan.of(seed)));
                    }
                });
            }
        }
        assertThat(tally.sum()).startsWith("runs " + seeds + ", ");
        assertThat(tally.broken().stream().map(f -> "seed " + f.plan().seed() + ": " + f.breach()))
                .isEmpty();
    }
}
