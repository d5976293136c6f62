package io.legion.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.legion.Account;
import io.legion.core.Bytes;
import io.legion.core.Codec;
import io.legion.core.EventId;
import io.legion.core.NodeId;
import io.legion.core.ParticipantId;
import io.legion.core.PartitionKey;
import io.legion.core.primitive.HybridTime;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The files of golden histories: what is written is read, and nothing else is.
class HistoryFileTest {
    private static final Instant TIME = Instant.parse("2026-11-30T17:00:00Z");
    private static final EventId ID = new EventId(HybridTime.of(1_000), new ParticipantId(new NodeId(1), 0));
    private static final HistoryHead HEAD = HistoryHead.of(Account.TYPE, TIME, false);
    private static final List<HistoryStep> STEPS = List.of(
            StepRun.of(
                    Account.TYPE,
                    PartitionKey.of("al\nice"),
                    ID,
                    1,
                    new Account.Deposit(5),
                    new Account(1, "a\u2028b\r")),
            StepRun.of(Account.TYPE, PartitionKey.of("bob"), ID, 1, new Account.Withdraw(5), new Account(1, "")));
    private static final String TEXT = new String(HistoryFile.bytes(Account.TYPE, HEAD, STEPS), StandardCharsets.UTF_8);

    @TempDir
    private Path home;

    private HistoryFile read(String text) throws IOException {
        return HistoryFile.read(Files.writeString(home.resolve("x.history"), text));
    }

    @Test
    void whatIsWrittenIsRead() throws IOException {
        var file = read(TEXT);
        assertThat(file.head()).isEqualTo(HEAD);
        assertThat(file.steps()).isEqualTo(STEPS);
        assertThat(STEPS.getLast().failed()).isTrue();
        assertThat(STEPS.getLast().body().text()).isEqualTo("java.lang.IllegalStateException: only 1 there");
        assertThat(read(TEXT.replace("\n", "\r\n")).steps())
                .as("version control may end lines otherwise")
                .isEqualTo(STEPS);
    }

    @Test
    void peopleSeeTheStepsAsJson() {
        assertThat(TEXT)
                .startsWith("legion history 1\n")
                .contains(
                        "{\"type\":\"account\",\"version\":1,\"recorded\":\"2026-11-30T17:00:00Z\",\"pseudonymous\":false}")
                .contains("\"key\":\"al\\u000aice\",\"time\":\"1970-01-01T00:00:01Z\",\"version\":1,"
                        + "\"event\":{\"Deposit\":{\"cents\":5}},\"before\":{\"cents\":1,")
                .contains("\"output\":6,\"tags\":[")
                .contains("\"failure\":\"java.lang.IllegalStateException: only 1 there\"")
                .endsWith(" end 2\n");
    }

    /// The format must not change: files in users' repositories are read for years.
    @Test
    void theFormatIsTheOneThatIsDocumented() {
        assertThat(Codec.describe(HistoryStep.class)).isEqualTo("""
                values: HistoryStep
                EventId has the fields
                  origin: ParticipantId?
                  time: int64
                HistoryStep has the fields
                  after: bytes?
                  before: bytes?
                  body: bytes?
                  event: bytes?
                  failed: boolean
                  id: EventId?
                  key: PartitionKey?
                  tags: optional<list<Tag>>
                  version: int32
                NodeId has the fields
                  value: int64
                ParticipantId has the fields
                  epoch: int64
                  node: NodeId?
                PartitionKey has the fields
                  bytes: bytes?
                Tag has the fields
                  bytes: bytes?
                """);
        assertThat(Codec.describe(HistoryHead.class)).isEqualTo("""
                values: HistoryHead
                HistoryHead has the fields
                  initial: bytes?
                  newest: optional<bytes>
                  pseudonymous: boolean
                  recorded: instant?
                  type: string?
                  version: int32
                """);
    }

    /// The head of files from before there was the initial state of the newest version.
    private record OldHead(String type, int version, Instant recorded, boolean pseudonymous, Bytes initial) {}

    @Test
    void aHeadFromBeforeThereWasTheNewestInitialStateIsRead() {
        var old = new OldHead("account", 2, TIME, false, Bytes.EMPTY);
        var head = Codec.derived(HistoryHead.class)
                .decode(Codec.derived(OldHead.class).encode(old));
        assertThat(head).isEqualTo(new HistoryHead("account", 2, TIME, false, Bytes.EMPTY, Optional.empty()));
    }

    @Test
    void aSavedFileHasANameThatSaysWhatItIsAndIsNeverReplaced() throws IOException {
        var bytes = TEXT.getBytes(StandardCharsets.UTF_8);
        var directory = home.resolve("new").resolve("histories");
        var file = HistoryFile.save(bytes, directory);
        assertThat(file.getFileName()).hasToString("account-v1-20261130T170000Z.history");
        assertThat(HistoryFile.read(file).steps()).isEqualTo(STEPS);

        assertThatThrownBy(() -> HistoryFile.save(bytes, directory))
                .isInstanceOf(HistoryFileException.class)
                .hasMessageContaining("cannot be saved in " + directory);
        assertThatThrownBy(() -> HistoryFile.save("x".getBytes(StandardCharsets.UTF_8), directory))
                .isInstanceOf(HistoryFileException.class);
        try (var left = Files.list(directory)) {
            assertThat(left).containsExactly(file);
        }
    }

    private void refused(UnaryOperator<String> change, String message) {
        assertThatThrownBy(() -> read(change.apply(TEXT)))
                .isInstanceOf(HistoryFileException.class)
                .hasMessageContaining(home.resolve("x.history").toString())
                .hasMessageContaining(message);
    }

    @Test
    void aFileThatIsForeignChangedOrNotWholeIsRefused() {
        refused(_ -> "", "is no golden history");
        refused(_ -> "{\"key\":1}\n", "is no golden history");
        refused(text -> text.replace("history 1", "history 2"), "is no golden history");
        refused(text -> text.substring(0, text.lastIndexOf("\n", text.length() - 2) + 1), "the end is missing");
        refused(text -> text.replace("\"cents\":5", "\"cents\":6"), "line 3 of");
        refused(text -> text.substring(0, text.length() / 2), "its checksum is that of another line");
        var lines = TEXT.lines().toList();
        refused(text -> text.replace(lines.get(2) + "\n", ""), "there are 1 steps, and the end says otherwise");
        assertThatThrownBy(() -> HistoryFile.read(home.resolve("none")))
                .isInstanceOf(HistoryFileException.class)
                .hasMessageContaining("cannot be read");
    }

    /// A good checksum says nothing of what is under it.
    @ParameterizedTest
    @ValueSource(strings = {"", "nospace", "!!! {}", "AAAA {}"})
    void aLineOfAnotherProgramIsRefused(String content) {
        var crc = new CRC32C();
        crc.update(content.getBytes(StandardCharsets.UTF_8));
        var line = HexFormat.of().toHexDigits((int) crc.getValue()) + " " + content;
        refused(text -> text.replace(text.lines().toList().get(2), line), "line 3 of");
    }
}
