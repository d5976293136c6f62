package io.legion.simulation.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.Legion;
import io.legion.core.Applied;
import io.legion.core.Consistency;
import io.legion.core.Event;
import io.legion.core.EventContext;
import io.legion.core.PartitionKey;
import io.legion.core.PartitionType;
import io.legion.recording.Pseudonyms;
import io.legion.recording.RecordingOrder;
import io.legion.service.RecordingLogger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The example of docs/upgrades.md: a history recorded under pseudonyms from a node that runs, and its rehearsal.
@Timeout(60)
class BankRehearsalTest {
    record Balance(long cents, String owner) {}

    sealed interface Movement<O> extends Event<Balance, O> {}

    record Open(String owner) implements Movement<String> {
        @Override
        public Applied<Balance, String> apply(Balance state, EventContext context) {
            return Applied.of(new Balance(state.cents(), owner), state.owner());
        }
    }

    record PayIn(long cents) implements Movement<Long> {
        @Override
        public Applied<Balance, Long> apply(Balance state, EventContext context) {
            var next = new Balance(state.cents() + cents, state.owner());
            return Applied.of(next, next.cents());
        }
    }

    private static final PartitionType<Balance> BANK =
            PartitionType.named("account", new Balance(0, "")).events(Movement.class);

    @TempDir
    private Path histories = Path.of("src/test/histories");

    @BeforeEach
    void record() throws InterruptedException {
        // region: pseudonyms
        var pseudonyms = new Pseudonyms<>(
                BANK,
                key -> PartitionKey.of("account " + Math.floorMod(key.hashCode(), 1_000)),
                balance -> new Balance(balance.cents(), "somebody"),
                event -> event instanceof Open ? new Open("somebody") : event);
        // end: pseudonyms
        var order = RecordingOrder.of("account").withDuration(Duration.ofSeconds(1));
        try (var logger = RecordingLogger.open();
                var legion = Legion.named("bank")
                        .logger(logger)
                        .pseudonyms(pseudonyms)
                        .open(BANK)) {
            var over = new AtomicBoolean();
            var alice = legion.partitions(BANK).of("alice");
            var callers = Thread.ofVirtual().start(() -> {
                while (!over.get()) {
                    var _ = alice.request(new Open("Alice"), Consistency.FINAL);
                    var _ = alice.request(new PayIn(5), Consistency.FINAL);
                }
            });
            var _ = legion.operations().saveRecording(order, histories, _ -> {});
            over.set(true);
            callers.join();
        }
    }

    // region: test
    @Test
    void thisReleaseMakesOfHistoryWhatTheLastOneMade() {
        Rehearsal.of(BANK, histories).check();
    }
    // end: test

    @Test
    void nobodyFindsAliceInTheFile() throws Exception {
        try (var files = Files.list(histories)) {
            assertThat(Files.readString(files.findFirst().orElseThrow()))
                    .contains("somebody")
                    .doesNotContainIgnoringCase("alice");
        }
    }
}
