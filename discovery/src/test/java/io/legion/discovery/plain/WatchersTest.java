package io.legion.discovery.plain;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.legion.discovery.InMemoryApplications;
import io.legion.discovery.ManualClock;
import io.legion.discovery.service.Snapshots;
import io.legion.service.RecordingLogger;
import io.legion.service.RecordingMonitor;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WatchersTest {
    @Test
    void aPlaceIsGivenBackByAStreamThatNeverBegins() {
        var clock = new ManualClock();
        var snapshots = new Snapshots(new InMemoryApplications(clock), Duration.ZERO, clock);
        var config = new Watchers.Config(Duration.ofSeconds(1), 1, 10, Duration.ofSeconds(1));
        try (var watchers = Watchers.open(config, snapshots, RecordingLogger.open(), RecordingMonitor.open())) {
            var first = watchers.watch(Set.of());
            assertThat(watchers.watch(Set.of()).status()).isEqualTo(503);
            requireNonNull(first.stream()).abandon();
            assertThat(watchers.watch(Set.of()).status()).isEqualTo(200);
        }
    }
}
