package io.legion.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.core.Applied;
import io.legion.core.Event;
import io.legion.core.EventContext;
import io.legion.core.PartitionType;
import io.legion.recording.HistoryFile;
import io.legion.recording.HistoryHead;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The commands that bring partitions into files and from there.
class FileCommandsTest {
    private static final String ALICE = "{\"key\":\"alice\",\"state\":{\"cents\":5}}";

    record Account(long cents) {}

    record Deposit(long cents) implements Event<Account, Long> {
        @Override
        public Applied<Account, Long> apply(Account state, EventContext context) {
            return Applied.of(new Account(state.cents() + cents), cents);
        }
    }

    private static final PartitionType<Account> ACCOUNTS =
            PartitionType.named("account", new Account(0)).events(Deposit.class);

    @TempDir
    private Path home;

    private final StubAdmin admin = StubAdmin.open();

    @AfterEach
    void close() {
        admin.close();
    }

    private Run export(String type, Path file) {
        return Run.of("export", "--type", type, file.toString(), "--admin", admin.url());
    }

    private static String page(String partitions, String next) {
        return "{\"partitions\":[" + partitions + "],\"complete\":true,\"next\":" + next + ",\"note\":\"young\"}";
    }

    private static String partition(String key, String state) {
        return "{\"key\":\"" + key + "\",\"state\":" + state + ",\"problem\":\"\"}";
    }

    @Test
    void exportWritesEachPartitionAsALine() throws IOException {
        admin.on(
                        "GET /states/account?limit=1000",
                        200,
                        page(partition("alice", "{\"cents\":5}") + "," + partition("0x00ff", "1.50"), "\"t 1\""))
                .on("GET /states/account?limit=1000&after=t%201", 200, page("", "\"t2\""))
                .on(
                        "GET /states/account?limit=1000&after=t2",
                        200,
                        page(partition("A\\\\x00\\\\\\\\\\u2028", "[\"\\u0000\\n\"]"), "null"));
        var file = home.resolve("a.jsonl");
        var run = export("account", file);
        assertThat(run.err()).isEqualTo("3 partitions of the type account were written.\n");
        assertThat(run.exit()).isZero();
        assertThat(Files.readString(file))
                .isEqualTo(ALICE + "\n{\"key\":{\"hex\":\"00ff\"},\"state\":1.50}\n"
                        + "{\"key\":\"A\\u0000\\\\\u2028\",\"state\":[\"\\u0000\\n\"]}\n");
        assertThat(Run.of("export", "--type", "account", "-", "--admin", admin.url())
                        .out())
                .isEqualTo(Files.readString(file));
        assertThat(export("account", file).exit()).isEqualTo(2);
        assertThat(export("account", file).err()).contains("is there already. Nothing was done.");
    }

    @Test
    void anExportThatIsNotCompleteLeavesNoFile() throws IOException {
        var lost = "{\"key\":\"bob\",\"state\":null,\"problem\":\"the node 7 is away\"}";
        admin.on("GET /states/a?limit=1000", 200, page(partition("x", "1") + "," + lost, "null"))
                .on("GET /states/b?limit=1000", 200, page("", "null").replace("true", "false"))
                .on("GET /states/c?limit=1000", 200, page(partition("x", "1"), "\"n\""));
        assertThat(export("a", home.resolve("f")).err()).contains("bob cannot be had whole: the node 7 is away");
        assertThat(export("b", home.resolve("f")).err()).contains("Some partitions are not known: young");
        assertThat(export("c", home.resolve("f")).err()).contains("There is no such thing");
        assertThat(export("b", home.resolve("f")).exit()).isEqualTo(1);
        try (var left = Files.list(home)) {
            assertThat(left).isEmpty();
        }
    }

    private Run importing(String text) throws IOException {
        var file = Files.writeString(home.resolve("in"), text);
        return Run.of("import", "--type", "account", "--to", home.resolve("to").toString(), file.toString());
    }

    @Test
    void importPutsCheckedLinesWhereTheFounderReadsThem() throws IOException {
        var run = importing(ALICE + "\n{\"state\":null,\"key\":{\"hex\":\"00ff\"}}");
        assertThat(run.err()).isEmpty();
        assertThat(run.exit()).isZero();
        assertThat(run.out()).startsWith("2 partitions of the type account are in ");
        assertThat(home.resolve("to").resolve("account.jsonl"))
                .hasContent(ALICE + "\n{\"state\":null,\"key\":{\"hex\":\"00ff\"}}\n");
        var again = importing(ALICE);
        assertThat(again.exit()).isEqualTo(2);
        assertThat(again.err()).contains("account.jsonl is there already. Nothing was done.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{|this is no JSON",
                "{}|a line is {\"key\": ..., \"state\": ...}, and this one is not",
                "{\"key\":\"a\",\"state\":1,\"x\":2}|a line is",
                "{\"key\":\"a\",\"state\":1}{}|this is no JSON",
                "{\"key\":\"a\",\"key\":\"b\",\"state\":1}|this is no JSON",
                "{\"key\":1,\"state\":1}|a key is a text, or",
                "{\"key\":\"\",\"state\":1}|a key has 1 to 1024 bytes, and this one 0",
                "{\"key\":{\"hex\":\"0\"},\"state\":1}|a key is a text, or"
            })
    void aBadLineIsNamedByItsNumberAndNothingIsThere(String line, String reason) throws IOException {
        var run = importing(ALICE + "\n" + line + "\n");
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("line 2 of " + home.resolve("in") + ": " + reason, "Nothing was done.");
        try (var left = Files.list(home.resolve("to"))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void whatCannotBeReadIsSaid() {
        var run = Run.of(
                "import",
                "--type",
                "t",
                "--to",
                home.toString(),
                home.resolve("none").toString());
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("none", "Nothing was done.");
        assertThat(Run.of("import", "--type", "a/b", "-").err()).contains("names no file");
        assertThat(Run.of("import", "-").exit()).isEqualTo(2);
    }

    private static String recorded(boolean over, String content) {
        return "{\"recording\":7,\"node\":\"" + "1".repeat(16) + "\",\"type\":\"account\",\"over\":" + over
                + ",\"pseudonymous\":true,\"events\":9,\"steps\":2,\"missed\":3,\"leftOut\":4,\"why\":\"no key\","
                + "\"fileBytes\":5,\"content\":\"" + content + "\"}";
    }

    private Run recording(Path directory, String... more) {
        var line = new ArrayList<>(List.of(
                "record",
                "--type",
                "account",
                "--out",
                directory.toString(),
                "--admin",
                admin.url(),
                "--for",
                "100ms"));
        line.addAll(List.of(more));
        return Run.of(line.toArray(String[]::new));
    }

    @Test
    void recordSavesTheFileThatTheNodeHasWritten() throws IOException {
        var bytes = HistoryFile.bytes(ACCOUNTS, HistoryHead.of(ACCOUNTS, Instant.EPOCH, true), List.of());
        var first = Base64.getEncoder().encodeToString(Arrays.copyOf(bytes, 10));
        var rest = Base64.getEncoder().encodeToString(Arrays.copyOfRange(bytes, 10, bytes.length));
        admin.on("POST /recordings", 200, recorded(false, ""))
                .on("GET /recordings/7?offset=0", 200, recorded(true, first))
                .on("GET /recordings/7?offset=10", 200, recorded(true, rest))
                .on("GET /recordings/7?offset=" + bytes.length, 200, recorded(true, ""));
        var run = recording(home.resolve("histories"));
        var file = home.resolve("histories").resolve("account-v1-19700101T000000Z.history");
        assertThat(run.out()).isEqualTo("2 of 9 events of the type account are in " + file + ", under pseudonyms.\n");
        assertThat(run.err())
                .contains("3 came faster than the node could write them down.")
                .contains("4 could not be written down. The first of them: no key");
        assertThat(run.exit()).isZero();
        assertThat(file).hasBinaryContent(bytes);

        var again = recording(home.resolve("histories"));
        assertThat(again.exit()).isEqualTo(1);
        assertThat(again.err()).contains("cannot be saved in", "It is not there.");
    }

    @Test
    void aRecordingThatFailsLeavesNoFile() throws IOException {
        admin.on("POST /recordings", 200, recorded(false, ""))
                .on("GET /recordings/7?offset=0", 200, recorded(true, "AAAA"))
                .on("GET /recordings/7?offset=3", 200, recorded(true, ""));
        var directory = home.resolve("histories");
        assertThat(recording(directory).err()).contains("is no golden history");
        try (var left = Files.list(directory)) {
            assertThat(left).isEmpty();
        }
        assertThat(recording(directory, "--steps", "0").exit()).isEqualTo(2);
        assertThat(recording(directory, "--steps", "0").err())
                .contains("the steps of a recording are 1 to 100000, not 0. Nothing was done.");
        assertThat(recording(directory, "--json").exit()).isEqualTo(2);
    }
}
