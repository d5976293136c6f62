package io.legion;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.core.Consistency;
import java.io.IOException;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import jdk.jfr.Configuration;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The parts of requests, as a recording has them that was made with the settings for operators.
@Timeout(120)
final class FlightRecorderTest {
    private static final Path SETTINGS = Path.of("..", "operations", "flight-recorder", "legion.jfc");
    private static final int REQUESTS = 40;

    @TempDir
    private Path directory;

    @Test
    void aRecordingHasEveryPartOfTheRequestsOfThreeNodes() throws IOException, ParseException {
        try (var banks = ThreeBanks.open();
                var recording = new Recording(Configuration.create(SETTINGS))) {
            recording.start();
            requestAtEachConsistency(banks);
            recording.stop();

            var events = events(recording);
            assertThat(events)
                    .containsOnlyKeys(
                            "io.legion.Request",
                            "io.legion.NodeWait",
                            "io.legion.TakeIn",
                            "io.legion.StoreWrite",
                            "io.legion.OthersWait",
                            "io.legion.Hop");
            assertThat(events.get("io.legion.Request")).hasSize(3 * REQUESTS).allSatisfy(request -> {
                assertThat(request.getString("type")).isEqualTo("account");
                assertThat(request.getInt("shard")).isBetween(0, ThreeBanks.SHARDS - 1);
                assertThat(request.getDuration()).isPositive();
            });
            // At each replica that serves it, once; those of FAST do not wait.
            assertThat(events.get("io.legion.OthersWait"))
                    .hasSize(2 * REQUESTS)
                    .allSatisfy(
                            wait -> assertThat(wait.getString("consistency")).isNotEqualTo("FAST"));
            assertThat(events.get("io.legion.Hop"))
                    .allSatisfy(hop -> assertThat(hop.getString("node"))
                            .isIn(
                                    banks.node(1).node().toString(),
                                    banks.node(2).node().toString()));
            assertThat(events.get("io.legion.StoreWrite"))
                    .allSatisfy(write -> assertThat(write.getLong("bytes")).isPositive());
        }
    }

    @Test
    void aRecordingThatDoesNotAskForThemHasNone() throws IOException {
        try (var banks = ThreeBanks.open();
                var recording = new Recording()) {
            recording.start();
            requestAtEachConsistency(banks);
            recording.stop();

            assertThat(events(recording)).isEmpty();
        }
    }

    private static void requestAtEachConsistency(ThreeBanks banks) {
        var accounts = banks.node(0).partitions(Account.TYPE);
        for (var consistency : Consistency.values()) {
            IntStream.range(0, REQUESTS)
                    .forEach(i -> accounts.of("account-" + i).request(new Account.Deposit(1), consistency));
        }
    }

    private Map<String, List<RecordedEvent>> events(Recording recording) throws IOException {
        var file = directory.resolve("requests.jfr");
        recording.dump(file);
        return RecordingFile.readAllEvents(file).stream()
                .filter(event -> event.getEventType().getName().startsWith("io.legion."))
                .collect(Collectors.groupingBy(event -> event.getEventType().getName()));
    }
}
