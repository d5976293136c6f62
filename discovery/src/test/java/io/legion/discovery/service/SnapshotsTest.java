package io.legion.discovery.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.discovery.InMemoryApplications;
import io.legion.discovery.ManualClock;
import io.legion.discovery.registry.Cancel;
import io.legion.discovery.registry.Instances;
import io.legion.discovery.registry.Register;
import io.legion.discovery.registry.Registration;
import io.legion.discovery.registry.Registrations;
import io.legion.discovery.registry.Renew;
import io.legion.discovery.registry.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
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
    void nobodyWaitsForAListWhileLeasesAreReadThatSeemToBeOver() {
        var snapshots = new Snapshots(applications, Duration.ofHours(1), clock);
        register(0, 3);
        snapshots.current();
        clock.advance(Duration.ofMinutes(10));
        applications.request(Instances.key("i1"), new Renew(1));
        var lists = new ArrayList<Snapshot>();
        applications.duringReads(() -> lists.add(elsewhere(snapshots::current)));
        var renewed = snapshots.renewed(clock.getAsLong());
        assertThat(lists).hasSize(1);
        assertThat(renewed.all().leases().filter(lease -> lease.isOverdue(clock.getAsLong())))
                .hasSize(2);
    }

    @Test
    void whatAnotherPassHasReadMeanwhileCounts() {
        var snapshots = new Snapshots(applications, Duration.ofHours(1), clock);
        register(0, 3);
        snapshots.current();
        clock.advance(Duration.ofMinutes(10));
        applications.request(Instances.key("i1"), new Renew(1));
        var once = new AtomicBoolean();
        applications.duringReads(() -> {
            if (once.compareAndSet(false, true)) {
                // Between the two reads of the instance.
                applications.request(Instances.key("i1"), new Cancel());
                snapshots.fresh();
                applications.put(Instances.key("i1"), Registrations.ABSENT);
            }
        });
        var renewed = snapshots.renewed(clock.getAsLong());
        assertThat(renewed.all().registration(Instances.key("i1"))).isInstanceOf(Registration.Removed.class);
    }

    private static <T> T elsewhere(Callable<T> what) {
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            return executor.submit(what).get(10, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException failure) {
            throw new AssertionError(failure);
        }
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

    @Test
    void aSnapshotReadsOnlyWhatChanged() {
        var snapshots = new Snapshots(applications, Duration.ZERO, clock);
        register(0, 20);
        snapshots.current();
        assertThat(applications.reads()).isEqualTo(20);
        clock.advance(Duration.ofSeconds(1));
        for (int i = 0; i < 20; i++) {
            applications.request(Instances.key("i" + i), new Renew(1));
        }
        register(20, 21);
        assertThat(snapshots.current().all().leases().count()).isEqualTo(21);
        assertThat(applications.reads()).isEqualTo(21);
    }

    @Test
    void whileNothingChangesASnapshotIsTheOneBefore() {
        var snapshots = new Snapshots(applications, Duration.ZERO, clock);
        register(0, 3);
        var before = snapshots.current();
        clock.advance(Duration.ofSeconds(20));
        var after = snapshots.current();
        assertThat(after.takenMillis()).isEqualTo(clock.getAsLong());
        assertThat(after.number()).isEqualTo(before.number());
        assertThat(after.all()).isSameAs(before.all());
        assertThat(after.recent()).isSameAs(before.recent());
    }

    @Test
    void whatChangedIsRecentForThreeMinutes() {
        var snapshots = new Snapshots(applications, Duration.ZERO, clock);
        register(0, 1);
        var before = snapshots.current();
        clock.advance(Duration.ofMillis(Registration.KEEP_REMOVED_MILLIS));
        assertThat(snapshots.current().recent().leases()).hasSize(1);
        clock.advance(Duration.ofMillis(1));
        assertThat(snapshots.current().recent().leases()).isEmpty();
        assertThat(snapshots.current().recentNumber()).isGreaterThan(before.recentNumber());
        assertThat(snapshots.current().number()).isEqualTo(before.number());
    }

    @Test
    void whatComesLateWithATimeLongPastIsSeen() {
        var snapshots = new Snapshots(applications, Duration.ZERO, clock);
        register(0, 3);
        var early = applications.read(Instances.key("i0"));
        clock.advance(Duration.ofMinutes(1));
        applications.request(Instances.key("i0"), new Cancel());
        assertThat(snapshots.current().all().leases()).hasSize(2);
        applications.put(Instances.key("i0"), early);
        applications.put(Instances.key("i1"), Registrations.ABSENT);
        assertThat(snapshots.current().all().application("ORDERS").leases()).containsOnlyKeys("i0", "i2");
        assertThat(snapshots.current().all().application("ORDERS").removed()).isEmpty();
    }

    @Test
    void aLargeRegistryIsComparedWholeNowAndThen() {
        var snapshots = new Snapshots(applications, Duration.ZERO, clock);
        register(0, 12_000);
        snapshots.current();
        var early = applications.read(Instances.key("i0"));
        clock.advance(Duration.ofMinutes(1));
        applications.request(Instances.key("i0"), new Cancel());
        snapshots.current();
        applications.put(Instances.key("i0"), early);
        assertThat(snapshots.current().all().leases()).hasSize(11_999);
        clock.advance(Duration.ofSeconds(30));
        assertThat(snapshots.current().all().leases()).hasSize(12_000);
    }

    @Test
    void whatComesAFewSecondsAfterItsTimeIsSeenAtOnce() {
        var snapshots = new Snapshots(applications, Duration.ZERO, clock);
        register(0, 12_000);
        snapshots.current();
        register(12_000, 12_001);
        clock.advance(Duration.ofSeconds(9));
        var late = applications.read(Instances.key("i12000"));
        applications.put(Instances.key("i12000"), Registrations.ABSENT);
        snapshots.current();
        applications.put(Instances.key("i12000"), late);
        assertThat(snapshots.current().all().leases()).hasSize(12_001);
    }

    @Test
    void anApplicationIsReadWithoutTheOthers() {
        var snapshots = new Snapshots(applications, Duration.ofHours(1), clock);
        register(0, 50);
        applications.register(Register.of(Instances.named("BILLING", "b"), Status.UP, Status.UNKNOWN, 1));
        assertThat(snapshots.application("BILLING").leases()).containsOnlyKeys("b");
        assertThat(applications.reads()).isEqualTo(1);
    }

    @Test
    void aLargeApplicationComesFromASnapshotThatHasWhatWasAcknowledged() {
        var snapshots = new Snapshots(applications, Duration.ofHours(1), clock);
        register(0, Snapshots.MANY + 1);
        snapshots.current();
        register(Snapshots.MANY + 1, Snapshots.MANY + 2);
        long before = applications.reads();
        assertThat(snapshots.application("ORDERS").leases()).hasSize(Snapshots.MANY + 2);
        assertThat(snapshots.having(Registrations.vip("orders"), _ -> true).leases())
                .hasSize(Snapshots.MANY + 2);
        assertThat(applications.reads()).isEqualTo(before + 1);
    }

    private void register(int from, int to) {
        for (int i = from; i < to; i++) {
            applications.register(Instances.register("i" + i, Status.UP, 1));
        }
    }
}
