package io.legion.discovery.plain;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.discovery.Eventually;
import io.legion.discovery.InMemoryApplications;
import io.legion.discovery.ManualClock;
import io.legion.discovery.registry.Cancel;
import io.legion.discovery.registry.Instances;
import io.legion.discovery.registry.Status;
import io.legion.discovery.service.Snapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WatcherTest {
    private static final Duration SILENCE = Duration.ofMillis(50);

    private final ManualClock clock = new ManualClock();
    private final InMemoryApplications applications = new InMemoryApplications(clock);
    private final Snapshots snapshots = new Snapshots(applications, Duration.ZERO, clock);
    private final ChangeLog log = new ChangeLog("log", 10);

    @BeforeEach
    void begin() {
        look();
    }

    @Test
    void whoIsTooSlowIsCutOffWithTheReason() throws IOException {
        var watcher = anew();
        register(0, 11);
        look();
        assertThat(written(watcher))
                .endsWith("event: cut\ndata: {\"reason\":\"you read more slowly than the registry changes;"
                        + " connect again\"}\n\n");
    }

    @Test
    void theLastEventOfAStreamThatIsEndedTellsWhy() throws IOException {
        register(0, 2);
        look();
        var watcher = anew();
        watcher.cut("the test is over");
        assertThat(written(watcher))
                .containsSubsequence("retry: 1000", "event: reset", "event: added", "event: added", "event: ready")
                .endsWith("event: cut\ndata: {\"reason\":\"the test is over\"}\n\n");
    }

    @Test
    void anOlderSnapshotAfterANewerOneTellsNothing() throws IOException {
        var older = snapshots.current();
        register(0, 1);
        look();
        log.advance(older);
        var watcher = anew();
        watcher.cut("the test is over");
        assertThat(written(watcher)).contains("event: added").doesNotContain("event: removed");
    }

    @Test
    void aListingHasNoIdUntilItIsWhole() throws IOException {
        register(0, 1);
        look();
        var watcher = anew();
        watcher.cut("the test is over");
        assertThat(written(watcher))
                .containsSubsequence("id: \nevent: reset", "\n\nevent: added", "id: log-0-2\nevent: ready");
    }

    @Test
    void whoComesBackHearsWhatItMissedAndNothingElse() throws IOException {
        register(0, 2);
        look();
        applications.request(Instances.key("i0"), new Cancel());
        register(2, 3);
        look();
        var watcher = Watcher.after(3, SILENCE, log, WatchedServices.ALL);
        watcher.cut("the test is over");
        assertThat(written(watcher))
                .doesNotContain("event: reset", "\"id\":\"i1\"")
                .containsSubsequence(
                        "id: log-0-4\nevent: added",
                        "i2",
                        "id: log-0-5\nevent: removed",
                        "i0",
                        "id: log-0-5\nevent: ready");
    }

    @Test
    void aSilentStreamTellsHowFarItIsWhateverConcernsOthersOnly() throws Exception {
        var nothing = WatchedServices.of(Set.of("NOTHING"));
        var watcher = Watcher.anew(SILENCE, log, nothing);
        register(0, 2);
        look();
        var out = new ByteArrayOutputStream();
        var writer = Thread.ofVirtual().start(() -> {
            try {
                watcher.write(out);
            } catch (IOException ended) {
                throw new AssertionError(ended);
            }
        });
        Eventually.until(
                "it told its place",
                () -> out.toString(StandardCharsets.UTF_8)
                        .contains(": still here\nid: " + log.id(3, nothing) + "\n\n"));
        watcher.cut("the test is over");
        writer.join();
        assertThat(out.toString(StandardCharsets.UTF_8)).doesNotContain("event: added");
    }

    private Watcher anew() {
        return Watcher.anew(SILENCE, log, WatchedServices.ALL);
    }

    private void look() {
        log.advance(snapshots.current());
    }

    private void register(int from, int to) {
        for (int i = from; i < to; i++) {
            applications.register(Instances.register("i" + i, Status.UP, 1));
        }
    }

    private static String written(Watcher watcher) throws IOException {
        var out = new ByteArrayOutputStream();
        watcher.write(out);
        return out.toString(StandardCharsets.UTF_8);
    }
}
