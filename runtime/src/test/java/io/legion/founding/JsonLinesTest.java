package io.legion.founding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.legion.Account;
import io.legion.Legion;
import io.legion.StartupException;
import io.legion.core.Codec;
import io.legion.core.Consistency;
import io.legion.core.PartitionKey;
import io.legion.core.PartitionType;
import io.legion.runtime.lane.TestLanes;
import io.legion.service.RecordingLogger;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class JsonLinesTest {
    private static final String GOOD = "{\"key\":\"alice\",\"state\":{\"cents\":5,\"note\":\"x\"}}";

    @TempDir
    private Path home;

    private final RecordingLogger logger = RecordingLogger.open();

    @AfterEach
    void nothingUnexpectedWasLogged() {
        logger.close();
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(home.resolve(name), text);
    }

    private static List<FoundingRecord> read(FoundingData data, long from) {
        var records = new ArrayList<FoundingRecord>();
        data.read(from, records::add);
        return records;
    }

    private static Account account(FoundingRecord item) {
        return Account.TYPE.stateCodec().decode(item.state().shared());
    }

    @Test
    void aLineIsAPartition() throws IOException {
        var data = JsonLines.of(
                file(
                        "a",
                        GOOD
                                + "\n{\"state\":{\"cents\":7},\"key\":{\"hex\":\"00ff\"}}\r\n{\"key\":\"ü\\u0000\",\"state\":{}}"),
                Account.TYPE);
        var records = read(data, 0);
        assertThat(records)
                .extracting(FoundingRecord::key)
                .containsExactly(
                        PartitionKey.of("alice"), PartitionKey.of(new byte[] {0, -1}), PartitionKey.of("ü\u0000"));
        assertThat(records).extracting(item -> account(item).cents()).containsExactly(5L, 7L, 0L);
        assertThat(account(records.get(0))).isEqualTo(new Account(5, "x"));
        assertThat(read(data, 2)).containsExactly(records.get(2));
        assertThat(data.read(9, item -> {})).isEqualTo(3);
    }

    @Test
    void linesOfAnyLengthAreRead() throws IOException {
        var lines = IntStream.range(0, 40)
                .mapToObj(i -> "{\"key\":\"k" + i + "\",\"state\":{\"note\":\"" + "ä".repeat(1 << (i % 20)) + "\"}}")
                .toList();
        var data = JsonLines.of(file("a", String.join("\n", lines) + "\n"), Account.TYPE);
        assertThat(read(data, 0))
                .extracting(item -> account(item).note().length())
                .containsExactlyElementsOf(
                        IntStream.range(0, 40).map(i -> 1 << (i % 20)).boxed().toList());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "|The line is empty",
                "{\"key\":\"b\"}|A line is {\"key\": ..., \"state\": ...}",
                "{\"key\":\"b\",\"state\":{},\"more\":1}|A line is {\"key\": ..., \"state\": ...}",
                "[]|A line is {\"key\": ..., \"state\": ...}",
                "{\"key\":\"b\",\"state\":{}} 7|Something follows",
                "{\"key\":\"b\",\"state\":{|This is no JSON",
                "{\"key\":\"b\",\"key\":\"c\",\"state\":{}}|This is no JSON",
                "{\"key\":\"\",\"state\":{}}|1 to 1024 bytes",
                "{\"key\":7,\"state\":{}}|a key is a text, or {\"hex\"",
                "{\"key\":{\"hex\":\"0\"},\"state\":{}}|This is no partition of the type 'account'",
                "{\"key\":\"b\",\"state\":{\"cent\":5}}|Account has no component 'cent'; it has [cents, note]",
                "{\"key\":\"b\",\"state\":{\"cents\":\"5\"}}|Account.cents: a text, where int64 is wanted",
                "{\"key\":\"b\",\"state\":{\"cents\":5.5}}|Account.cents: no int64: '5.5'",
                "{\"key\":\"b\",\"state\":{\"cents\":null}}|Account.cents: null, where int64 is wanted",
                "{\"key\":\"b\",\"state\":null}|Account: null, where an object is wanted",
                "{\"key\":\"b\",\"state\":{\"note\":\"\\ud800\"}}|line 2"
            })
    void aBadLineIsNamedByItsNumberAndNothingIsFounded(String line, String reason) throws IOException {
        var text = GOOD + "\n" + (line == null ? "" : line) + "\n" + GOOD.replace("alice", "carol") + "\n";
        var path = file("accounts", text);
        try (var store = TestLanes.memory()) {
            assertThatThrownBy(() -> Legion.named("bank")
                            .store(store)
                            .logger(logger)
                            .founding(JsonLines.of(path, Account.TYPE))
                            .open(Account.TYPE))
                    .isInstanceOf(StartupException.class)
                    .hasMessageContaining("The cluster 'bank' was not founded. Line 2 of " + path + ": ")
                    .hasMessageContainingAll(reason.equals("line 2") ? "" : reason, "Nothing of the data is served.");
        }
    }

    @Test
    void bytesThatAreNoTextAreRefused() throws IOException {
        var path =
                Files.write(home.resolve("a"), (GOOD + "\n{\"key\":\"\u00ff\"").getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> read(JsonLines.of(path, Account.TYPE), 0))
                .isInstanceOf(FoundingDataException.class)
                .hasMessageContaining("Line 2 of " + path + ": This is no JSON");
    }

    @Test
    void aDirectoryHasAFileForEachType() throws IOException {
        file("account.jsonl", GOOD + "\n");
        file("README", "whatever");
        try (var store = TestLanes.memory();
                var legion = Legion.named("bank")
                        .store(store)
                        .logger(logger)
                        .founding(JsonLines.directory(home, Account.TYPE))
                        .open(Account.TYPE)) {
            assertThat(legion.partitions(Account.TYPE).of("alice").read(Consistency.FAST))
                    .isEqualTo(new Account(5, "x"));
        }
        file("acount.jsonl", GOOD + "\n");
        assertThatThrownBy(() -> JsonLines.directory(home, Account.TYPE).title())
                .isInstanceOf(FoundingDataException.class)
                .hasMessageContaining("acount.jsonl is of no partition type; there are account.jsonl");
    }

    @Test
    void whatIsNotThereIsRefused() {
        assertThatThrownBy(
                        () -> JsonLines.of(home.resolve("none"), Account.TYPE).title())
                .isInstanceOf(FoundingDataException.class)
                .hasMessageContaining("none cannot be read");
        assertThatThrownBy(() -> JsonLines.directory(home, Account.TYPE).title())
                .isInstanceOf(FoundingDataException.class)
                .hasMessageContaining("has no file that ends with .jsonl");
    }

    @Test
    void aTypeWithACodecOfItsOwnIsRefused() throws IOException {
        var derived = Account.TYPE.stateCodec();
        var own = PartitionType.named("account", new Account(0, ""))
                .events(
                        new Codec<Account>() {
                            @Override
                            public byte[] encode(Account value) {
                                return derived.encode(value);
                            }

                            @Override
                            public Account decode(byte[] bytes) {
                                return derived.decode(bytes);
                            }
                        },
                        Account.TYPE.eventCodecs());
        var path = file("a", GOOD);
        assertThatThrownBy(() -> read(JsonLines.of(path, own), 0))
                .isInstanceOf(FoundingDataException.class)
                .hasMessageContaining("FoundingData.of");
    }

    @Test
    void aChangedFileHasAnotherTitle() throws IOException {
        var path = file("a", GOOD);
        var before = JsonLines.of(path, Account.TYPE).title();
        Files.writeString(path, GOOD + "\n" + GOOD);
        assertThat(JsonLines.of(path, Account.TYPE).title())
                .isNotEqualTo(before)
                .contains(path.toString());
    }
}
