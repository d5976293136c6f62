package io.legion.discovery.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.discovery.InMemoryApplications;
import io.legion.discovery.ManualClock;
import io.legion.discovery.registry.Instances;
import io.legion.discovery.registry.Status;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SnapshotsTest {
    private final ManualClock clock = new ManualClock();
    private final InMemoryApplications applications = new InMemoryApplications(clock);

    @Test
    void aSnapshotIsSharedUntilItIsTooOld() {
        var snapshots = new Snapshots(applications, Duration.ofSeconds(1), clock);
        var first = snapshots.current();
        applications.register(Instances.register("a", Status.UP, 1));
        clock.advance(Duration.ofMillis(999));
        assertThat(snapshots.current()).isSameAs(first);
        clock.advance(Duration.ofMillis(1));
        assertThat(snapshots.current().all().leases().count()).isEqualTo(1);
    }

    @Test
    void aClockThatGoesBackMakesANewSnapshot() {
        var snapshots = new Snapshots(applications, Duration.ofHours(1), clock);
        snapshots.current();
        applications.register(Instances.register("a", Status.UP, 1));
        clock.advance(Duration.ofSeconds(-10));
        assertThat(snapshots.current().all().leases().count()).isEqualTo(1);
    }

    @Test
    void theHashCodeCountsTheStatusesInTheOrderOfTheirNames() {
        applications.register(Instances.register("a", Status.UP, 1));
        applications.register(Instances.register("b", Status.STARTING, 1));
        applications.register(Instances.register("c", Status.DOWN, 1));
        applications.register(Instances.register("d", Status.UP, 1));
        assertThat(new Snapshots(applications, Duration.ZERO, clock)
                        .current()
                        .all()
                        .hashCodeText())
                .isEqualTo("DOWN_1_STARTING_1_UP_2_");
    }
}
