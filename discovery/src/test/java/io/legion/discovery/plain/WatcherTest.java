package io.legion.discovery.plain;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.discovery.InMemoryApplications;
import io.legion.discovery.ManualClock;
import io.legion.discovery.registry.Instances;
import io.legion.discovery.registry.Status;
import io.legion.discovery.service.Snapshot;
import io.legion.discovery.service.Snapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class WatcherTest {
    private final ManualClock clock = new ManualClock();
    private final InMemoryApplications applications = new InMemoryApplications(clock);
    private final Snapshots snapshots = new Snapshots(applications, Duration.ZERO, clock);
    private final Watcher watcher = new Watcher(
            new Watchers.Config(Duration.ofSeconds(1), 1, 10, Duration.ofSeconds(1)), _ -> true, Snapshot.NOTHING);

    @Test
    void whoIsTooSlowIsCutOffWithTheReason() throws IOException {
        register(0, 11);
        watcher.tell(snapshots.current());
        assertThat(written())
                .endsWith("event: cut\ndata: {\"reason\":\"you read more slowly than the registry changes;"
                        + " connect again\"}\n\n");
    }

    @Test
    void theLastEventOfAStreamThatIsEndedTellsWhy() throws IOException {
        register(0, 2);
        watcher.tell(snapshots.current());
        watcher.cut("the test is over");
        assertThat(written())
                .contains("event: added", "event: ready")
                .endsWith("event: cut\ndata: {\"reason\":\"the test is over\"}\n\n");
    }

    @Test
    void anOlderSnapshotAfterANewerOneTellsNothing() throws IOException {
        var older = snapshots.current();
        register(0, 1);
        watcher.tell(snapshots.current());
        watcher.tell(older);
        watcher.cut("the test is over");
        assertThat(written()).doesNotContain("event: removed");
    }

    private void register(int from, int to) {
        for (int i = from; i < to; i++) {
            applications.register(Instances.register("i" + i, Status.UP, 1));
        }
    }

    private String written() throws IOException {
        var out = new ByteArrayOutputStream();
        watcher.write(out);
        return out.toString(StandardCharsets.UTF_8);
    }
}
