package io.legion.discovery.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.legion.discovery.InMemoryApplications;
import io.legion.discovery.ManualClock;
import io.legion.discovery.registry.Cancel;
import io.legion.discovery.registry.Expire;
import io.legion.discovery.registry.Instances;
import io.legion.discovery.registry.PutMetadata;
import io.legion.discovery.registry.Register;
import io.legion.discovery.registry.Registration;
import io.legion.discovery.registry.Status;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CapacityTest {
    private static final int MOST = 100;

    private final ManualClock clock = new ManualClock();
    private final InMemoryApplications applications = new InMemoryApplications(clock);
    private final Snapshots snapshots = new Snapshots(applications, Duration.ofSeconds(1), clock);
    private final Capacity capacity = new Capacity(MOST * event(0).announced().memory(), applications, snapshots);

    @Test
    void aFullRegistryRefusesInWords() {
        fill();
        assertThat(register(MOST)).isFalse();
        assertThat(capacity.refusal(event(MOST)).orElseThrow())
                .contains("the registry is full", "registry.heapShare", "Nothing was changed", "larger heap");
    }

    @Test
    void whoIsInAFullRegistryMayRegisterAgainIfItHasNotGrown() {
        fill();
        assertThat(register(7)).isTrue();
        var larger = Instances.named("ORDERS", "i1007").with(new TreeMap<>(Map.of("text", "x".repeat(1000))));
        assertThat(capacity.refusal(Register.of(larger, Status.UP, Status.UNKNOWN, 2)))
                .isPresent();
    }

    @Test
    void metadataAreRefusedTooWhenTheRegistryIsFull() {
        var metadata = new PutMetadata(new TreeMap<>(Map.of("text", "x".repeat(1000))));
        assertThat(capacity.refusal(metadata)).isEmpty();
        fill();
        assertThat(capacity.refusal(metadata)).isPresent();
    }

    @Test
    void aRefusalCostsNoLookWhileTheSnapshotIsYoung() {
        fill();
        assertThat(register(MOST)).isFalse();
        var looked = snapshots.last();
        assertThat(register(MOST + 1)).isFalse();
        assertThat(snapshots.last()).isSameAs(looked);
    }

    @Test
    void removedInstancesCountUntilTheyAreForgotten() {
        fill();
        applications.request(Instances.key("i1000"), new Cancel());
        clock.advance(Duration.ofSeconds(1));
        assertThat(register(MOST)).isFalse();
        clock.advance(Duration.ofMillis(Registration.KEEP_REMOVED_MILLIS + 1));
        applications.request(Instances.key("i1000"), new Expire());
        assertThat(register(MOST)).isTrue();
    }

    @Test
    void whoWasRemovedALittleAgoMayComeBackToAFullRegistry() {
        fill();
        applications.request(Instances.key("i1007"), new Cancel());
        clock.advance(Duration.ofSeconds(1));
        assertThat(register(MOST)).isFalse();
        assertThat(register(7)).isTrue();
    }

    @Test
    void whatOtherNodesLetInCounts() {
        for (int i = 0; i < MOST; i++) {
            applications.register(event(i));
        }
        int more = 0;
        while (register(MOST + more)) {
            more++;
        }
        assertThat(more).isLessThan(MOST / 10);
    }

    @Test
    void aRegistryThatCannotBeLookedAtGoesOnWithWhatItKnows() {
        fill();
        clock.advance(Duration.ofSeconds(2));
        applications.request(Instances.key("i1000"), new PutMetadata(new TreeMap<>()));
        snapshots.current();
        clock.advance(Duration.ofSeconds(2));
        applications.available(false);
        assertThat(new Capacity(2 * MOST * event(0).announced().memory(), applications, snapshots).refusal(event(MOST)))
                .isEmpty();
    }

    @Test
    void whatWasLetInCountsUntilTheRegistryCouldBeLookedAt() {
        applications.available(false);
        for (int i = 0; i < MOST; i++) {
            assertThat(capacity.refusal(event(i))).isEmpty();
        }
        assertThatThrownBy(() -> capacity.refusal(event(MOST)))
                .as("whether it is there already cannot be read")
                .isInstanceOf(UnavailableException.class);
    }

    private void fill() {
        for (int i = 0; i < MOST; i++) {
            assertThat(register(i)).isTrue();
        }
    }

    private boolean register(int number) {
        boolean taken = capacity.refusal(event(number)).isEmpty();
        if (taken) {
            applications.register(event(number));
        }
        return taken;
    }

    /// All of the same size.
    private static Register event(int number) {
        return Instances.register("i" + (1000 + number), Status.UP, 1);
    }
}
