package io.legion.simulation.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.Legion;
import io.legion.core.Consistency;
import io.legion.recording.RecordingOrder;
import io.legion.service.RecordingLogger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What a running node records is rehearsed.
@Timeout(60)
class RecordedRehearsalTest {
    @TempDir
    private Path home;

    @Test
    void whatWasRecordedPassesOnTheSameReleaseAndNotOnAnother() throws InterruptedException {
        var type = Venues.deployed();
        var order =
                RecordingOrder.of("venue").withDuration(Duration.ofSeconds(1)).withRealData();
        try (var logger = RecordingLogger.open();
                var legion = Legion.with(Legion.named("hall").shards(4).settings())
                        .logger(logger)
                        .open(type)) {
            var opera = legion.partitions(type).of("opera");
            var over = new AtomicBoolean();
            var callers = Thread.ofVirtual().start(() -> {
                while (!over.get()) {
                    var _ = opera.request(new Venues.Reserve(1), Consistency.FINAL);
                    var _ = opera.request(new Venues.Move("Ulm"), Consistency.FINAL);
                }
            });
            var _ = legion.operations().saveRecording(order, home, _ -> {});
            over.set(true);
            callers.join();
        }

        assertThat(Rehearsal.of(type, home).check().checked()).containsOnlyKeys(1);
        assertThat(Rehearsal.of(Venues.Greedy.type(), home).run().differing()).isPositive();
    }
}
