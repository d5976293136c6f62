package io.legion.discovery.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.discovery.InMemoryApplications;
import io.legion.discovery.ManualClock;
import io.legion.discovery.registry.Cancel;
import io.legion.discovery.registry.Instances;
import io.legion.discovery.registry.Register;
import io.legion.discovery.registry.Registration;
import io.legion.discovery.registry.Renew;
import io.legion.discovery.registry.Status;
import io.legion.service.Logger;
import io.legion.service.RecordingLogger;
import io.legion.service.RecordingMonitor;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SweeperTest {
    private final ManualClock clock = new ManualClock();
    private final InMemoryApplications applications = new InMemoryApplications(clock);
    private final Snapshots snapshots = new Snapshots(applications, Duration.ZERO, clock);

    @Test
    void whatIsOverdueIsTakenAway() {
        try (var logger = RecordingLogger.open();
                var monitor = RecordingMonitor.open();
                var sweeper = sweeper(false, logger, monitor)) {
            register(25);
            clock.advance(Duration.ofSeconds(91));
            assertThat(sweeper.sweep()).isEqualTo(25);
            assertThat(snapshots.application("ORDERS").leases()).isEmpty();
            assertThat(monitor.count("discovery.leases.expired")).isEqualTo(25);
        }
    }

    @Test
    void whenTooManyAreOverdueAtOnceNoneIsTakenUntilTheyRenew() {
        try (var logger = RecordingLogger.open();
                var monitor = RecordingMonitor.open();
                var sweeper = sweeper(true, logger, monitor)) {
            register(20);
            clock.advance(Duration.ofSeconds(60));
            renew(0, 16);
            clock.advance(Duration.ofSeconds(31));
            // 4 of 20 are overdue: more than 15 %.
            assertThat(sweeper.sweep()).isZero();
            assertThat(sweeper.isPreserving()).isTrue();
            logger.expect(Logger.Priority.WARNING, "4 of 20 leases are overdue");
            renew(16, 17);
            // 3 of 20 are.
            assertThat(sweeper.sweep()).isEqualTo(3);
            assertThat(sweeper.isPreserving()).isFalse();
            assertThat(snapshots.application("ORDERS").leases()).hasSize(17);
        }
    }

    @Test
    void anInstanceThatAnotherNodeServesIsLeftToIt() {
        try (var logger = RecordingLogger.open();
                var monitor = RecordingMonitor.open();
                var sweeper = sweeper(false, logger, monitor)) {
            register(2);
            applications.register(Register.of(Instances.named("OTHERS", "a"), Status.UP, Status.UNKNOWN, 1));
            clock.advance(Duration.ofSeconds(91));
            applications.servedHere(key -> key.application().equals("OTHERS"));
            assertThat(sweeper.sweep()).isEqualTo(1);
            assertThat(snapshots.application("OTHERS").leases()).isEmpty();
            assertThat(snapshots.application("ORDERS").leases()).hasSize(2);
        }
    }

    @Test
    void whatWasRemovedIsForgottenAfterThreeMinutesEvenInSelfPreservation() {
        try (var logger = RecordingLogger.open();
                var monitor = RecordingMonitor.open();
                var sweeper = sweeper(true, logger, monitor)) {
            register(4);
            applications.request(Instances.key("i0"), new Cancel());
            assertThat(sweeper.sweep()).isZero();
            assertThat(applications.size()).isEqualTo(4);
            clock.advance(Duration.ofMillis(Registration.KEEP_REMOVED_MILLIS + 1));
            assertThat(sweeper.sweep()).isZero();
            assertThat(applications.size()).isEqualTo(3);
            logger.expect(Logger.Priority.WARNING, "3 of 3 leases are overdue");
        }
    }

    @Test
    void aSweepReadsOnlyLeasesThatSeemToBeOver() {
        try (var logger = RecordingLogger.open();
                var monitor = RecordingMonitor.open();
                var sweeper = sweeper(false, logger, monitor)) {
            register(10);
            snapshots.current();
            clock.advance(Duration.ofSeconds(80));
            renew(0, 9);
            sweeper.sweep();
            assertThat(applications.reads()).isEqualTo(10);
            clock.advance(Duration.ofSeconds(11));
            assertThat(sweeper.sweep()).isEqualTo(1);
            assertThat(applications.reads()).isEqualTo(20);
            sweeper.sweep();
            assertThat(applications.reads()).isEqualTo(21); // the one that was removed
        }
    }

    private Sweeper sweeper(boolean selfPreservation, RecordingLogger logger, RecordingMonitor monitor) {
        var config = new Sweeper.Config(Duration.ofDays(1), Duration.ofDays(1), selfPreservation, 0.85);
        return Sweeper.open(config, applications, snapshots, clock, logger, monitor);
    }

    private void register(int count) {
        for (int i = 0; i < count; i++) {
            applications.register(Instances.register("i" + i, Status.UP, 1));
        }
    }

    private void renew(int from, int to) {
        for (int i = from; i < to; i++) {
            assertThat(applications.request(Instances.key("i" + i), new Renew(1)))
                    .isEqualTo(Renew.Result.RENEWED);
        }
    }
}
