package io.legion.discovery.plain;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.legion.discovery.InMemoryApplications;
import io.legion.discovery.ManualClock;
import io.legion.discovery.registry.Cancel;
import io.legion.discovery.registry.Instances;
import io.legion.discovery.registry.Register;
import io.legion.discovery.registry.Status;
import io.legion.discovery.service.Snapshots;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ChangeLogTest {
    private final ManualClock clock = new ManualClock();
    private final InMemoryApplications applications = new InMemoryApplications(clock);
    private final Snapshots snapshots = new Snapshots(applications, Duration.ZERO, clock);
    private final ChangeLog log = new ChangeLog("log", 3);

    @Test
    void itTellsWhatChangedAfterANumber() {
        look();
        long begin = log.beginning().number();
        register("a");
        look();
        register("b");
        applications.request(Instances.key("a"), new Cancel());
        look();
        assertThat(after(begin)).containsExactly("ADDED a", "ADDED b", "REMOVED a");
        assertThat(after(begin + 1)).containsExactly("ADDED b", "REMOVED a");
        assertThat(after(begin + 3)).isEmpty();
        assertThat(requireNonNull(log.after(begin, "OTHER"::equals)))
                .isEqualTo(new ChangeLog.Batch(List.of(), begin + 3, clock.getAsLong()));
    }

    @Test
    void twoChangesWithinAMillisecondAreTwo() {
        register("a");
        look();
        long begin = log.beginning().number();
        register("a");
        look();
        assertThat(after(begin)).containsExactly("CHANGED a");
    }

    @Test
    void itKeepsSoManyBytesOfLargeInstances() {
        var large = new ChangeLog("large", 10_000);
        large.advance(snapshots.current());
        long begin = large.beginning().number();
        int times = (int) (ChangeLog.MOST_BYTES / 60_000) + 2;
        for (int i = 0; i < times; i++) {
            var instance = Instances.named("ORDERS", "a").with(new TreeMap<>(Map.of("text", i + "x".repeat(60_000))));
            applications.register(Register.of(instance, Status.UP, Status.UNKNOWN, i));
            large.advance(snapshots.current());
        }
        assertThat(large.after(begin, _ -> true)).isNull();
        assertThat(requireNonNull(large.after(begin + 10, _ -> true)).entries()).hasSize(times - 10);
    }

    @Test
    void itKeepsTheLatestAndSaysWhenSomethingIsGone() {
        look();
        long begin = log.beginning().number();
        for (var id : List.of("a", "b", "c", "d")) {
            register(id);
        }
        look();
        assertThat(log.after(begin, _ -> true)).isNull();
        assertThat(after(begin + 1)).containsExactly("ADDED b", "ADDED c", "ADDED d");
        assertThat(log.after(begin + 5, _ -> true))
                .as("a number that it has not given yet")
                .isNull();
    }

    @Test
    void noNumberFromBeforeItForgotLeadsOn() {
        look();
        long begin = log.beginning().number();
        log.forget();
        assertThat(log.isFollowing()).isFalse();
        assertThat(log.after(begin, _ -> true)).isNull();
        register("a");
        look();
        assertThat(log.after(begin, _ -> true)).isNull();
        assertThat(after(log.beginning().number())).isEmpty();
    }

    @Test
    void itKnowsItsOwnIds() {
        var all = WatchedServices.ALL;
        assertThat(log.id(7, all)).isEqualTo("log-0-7");
        assertThat(log.number("log-0-7", all)).hasValue(7);
        for (var other :
                List.of("", "7", "-7", "log", "log-", "log-7", "log-0-x", "other-0-7", "log-0-" + "9".repeat(20))) {
            assertThat(log.number(other, all)).as(other).isEmpty();
        }
    }

    @Test
    void anIdOfAStreamOfOtherServicesIsNone() {
        var two = WatchedServices.of(Set.of("A", "B"));
        var id = log.id(7, two);
        assertThat(log.number(id, WatchedServices.of(Set.of("B", "A")))).hasValue(7);
        assertThat(log.number(id, WatchedServices.of(Set.of("A")))).isEmpty();
        assertThat(log.number(id, WatchedServices.ALL)).isEmpty();
    }

    private List<String> after(long number) {
        return requireNonNull(log.after(number, _ -> true)).entries().stream()
                .map(entry -> entry.change().kind() + " " + entry.change().id())
                .toList();
    }

    private void register(String id) {
        applications.register(Instances.register(id, Status.UP, 1));
    }

    private void look() {
        log.advance(snapshots.current());
    }
}
