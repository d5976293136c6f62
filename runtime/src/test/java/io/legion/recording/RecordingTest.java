package io.legion.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.legion.Account;
import io.legion.Legion;
import io.legion.core.Consistency;
import io.legion.core.Event;
import io.legion.core.PartitionKey;
import io.legion.core.PartitionType;
import io.legion.operations.UnreachableException;
import io.legion.service.RecordingLogger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What a running node records.
@Timeout(60)
class RecordingTest {
    private static final RecordingOrder SHORT =
            RecordingOrder.of("account").withDuration(Duration.ofSeconds(1)).withRealData();

    private final RecordingLogger logger = RecordingLogger.open();
    private final List<Recording> told = new ArrayList<>();

    @TempDir
    private Path home;

    @AfterEach
    void close() {
        logger.close();
    }

    private Legion open(Pseudonyms<?>... pseudonyms) {
        return Legion.with(Legion.named("bank").shards(4).settings())
                .logger(logger)
                .pseudonyms(pseudonyms)
                .open(Account.TYPE);
    }

    private static void request(Legion legion, String key, Event<Account, ?> event) {
        var _ = legion.partitions(Account.TYPE).of(key).request(event, Consistency.FINAL);
    }

    /// Records while callers work, however slow the machine is.
    private HistoryFile recorded(Legion legion, RecordingOrder order) throws InterruptedException {
        var over = new AtomicBoolean();
        var callers = Thread.ofVirtual().start(() -> {
            while (!over.get()) {
                work(legion);
            }
        });
        try {
            return HistoryFile.read(legion.operations().saveRecording(order, home, told::add));
        } finally {
            over.set(true);
            callers.join();
        }
    }

    private static void work(Legion legion) {
        for (int i = 0; i < 20; i++) {
            request(legion, "alice", new Account.Deposit(1));
        }
        request(legion, "alice", new Account.Note("my secret"));
        request(legion, "alice", new Account.Withdraw(1_000_000)); // fails
    }

    /// What the recorded code makes of the steps of a file.
    private static void requireTrue(HistoryFile file) {
        for (HistoryStep step : file.steps()) {
            var event = Account.TYPE.eventCodecs().events().decode(step.event().toArray());
            var before = Account.TYPE.stateCodec().decode(step.before().toArray());
            assertThat(StepRun.of(Account.TYPE, step.key(), step.id(), step.version(), event, before))
                    .isEqualTo(step);
        }
    }

    @Test
    void whatFoldsIsRecordedRareEventsAndFailuresToo() throws InterruptedException {
        try (var legion = open()) {
            var file = recorded(legion, SHORT.withSteps(20));

            requireTrue(file);
            assertThat(file.head().type()).isEqualTo("account");
            assertThat(file.steps()).hasSize(20);
            assertThat(file.steps()).anyMatch(HistoryStep::failed);
            assertThat(file.steps())
                    .anyMatch(step -> StepText.of(Account.TYPE, step).contains("\"Note\""));
            var last = told.getLast();
            assertThat(last.isOver()).isTrue();
            assertThat(last.events()).isGreaterThanOrEqualTo(20);
            assertThat(last.leftOut()).isZero();
            assertThat(last.steps()).isEqualTo(20);
        }
    }

    @Test
    void withoutPseudonymsNothingIsRecordedUnlessTheOperatorAllowsRealData() {
        try (var legion = open()) {
            assertThatThrownBy(() -> legion.operations().record(RecordingOrder.of("account")))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("no pseudonyms for the type 'account'")
                    .hasMessageContaining("--real-data");
            assertThatThrownBy(() -> legion.operations().record(RecordingOrder.of("acount")))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("acount");
        }
    }

    /// The recorded code is applied to what the pseudonyms made, so outputs and failures follow from that alone.
    @Test
    void pseudonymsAreAppliedBeforeAnythingLeavesAndTheStepsAreTrue() throws InterruptedException {
        var hiding = new Pseudonyms<>(
                Account.TYPE,
                _ -> PartitionKey.of("someone"),
                state -> new Account(state.cents() + 1_000, "hidden"),
                event -> event instanceof Account.Note ? new Account.Note("hidden") : event);
        try (var legion = open(hiding)) {
            var file = recorded(legion, RecordingOrder.of("account").withDuration(Duration.ofSeconds(1)));

            requireTrue(file);
            assertThat(file.head().pseudonymous()).isTrue();
            assertThat(file.steps())
                    .isNotEmpty()
                    .allMatch(step -> step.key().equals(PartitionKey.of("someone")))
                    .anyMatch(HistoryStep::failed);
            var text = new String(HistoryFile.bytes(Account.TYPE, file.head(), file.steps()), StandardCharsets.UTF_8);
            assertThat(text).doesNotContain("alice", "secret");
        }
    }

    @Test
    void aStepThatCannotBeHiddenIsLeftOutAndItsReasonTellsNothing() throws InterruptedException {
        var failing = new Pseudonyms<>(
                Account.TYPE,
                key -> key,
                state -> {
                    throw new IllegalStateException("no name for " + state);
                },
                event -> event);
        try (var legion = open(failing)) {
            var file = recorded(legion, RecordingOrder.of("account").withDuration(Duration.ofSeconds(1)));

            assertThat(file.steps()).isEmpty();
            assertThat(told.getLast().leftOut()).isPositive();
            assertThat(told.getLast().why())
                    .startsWith("java.lang.IllegalStateException")
                    .doesNotContain("Account");
        }
    }

    @Test
    void thereIsOneRecordingAtATimeAndTheLastOneStays() {
        try (var legion = open()) {
            var operations = legion.operations();
            var begun = operations.record(SHORT.withDuration(Duration.ofMinutes(1)));
            assertThat(operations.recorded(begun.number(), 0).recording().isOver())
                    .isFalse();
            assertThatThrownBy(() -> operations.record(SHORT))
                    .isInstanceOf(UnreachableException.class)
                    .hasMessageContaining("makes another recording");
            assertThatThrownBy(() -> operations.recorded(begun.number() + 1, 0))
                    .isInstanceOf(UnreachableException.class)
                    .hasMessageContaining("has no recording");
        }
    }

    @Test
    void ordersAndPseudonymsThatMakeNoSenseAreRefused() {
        assertThatThrownBy(() -> SHORT.withSteps(0)).hasMessageContaining("the steps of a recording are 1 to 100000");
        assertThatThrownBy(() -> SHORT.withDuration(Duration.ofHours(1))).hasMessageContaining("at most 10 minutes");
        var one = new Pseudonyms<>(Account.TYPE, key -> key, state -> state, event -> event);
        assertThatThrownBy(() -> open(one, one)).hasMessageContaining("'account' twice");
        var other = PartitionType.named("other", new Account(0, "")).events(Account.Change.class);
        assertThatThrownBy(() -> open(new Pseudonyms<>(other, key -> key, state -> state, event -> event)))
                .hasMessageContaining("'other', with which this Legion is not opened");
    }
}
