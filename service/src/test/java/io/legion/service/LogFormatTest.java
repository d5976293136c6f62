package io.legion.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/// Logs for programs: each message is one line and one JSON object, whatever it carries.
final class LogFormatTest {
    private static final InstantSource NOON = InstantSource.fixed(Instant.parse("2026-01-31T12:00:00Z"));
    private static final ByteSize SMALLEST = ByteSize.parse("64 KiB");
    private static final List<String> KEYS = List.of("time", "level", "logger", "thread", "message");

    @TempDir
    private Path directory;

    private FileLogger open() {
        return FileLogger.open(new FileLogger.Config(file(), Logger.Priority.DEBUG, SMALLEST, 3, LogFormat.JSON), NOON);
    }

    private Path file() {
        return directory.resolve("legion.log");
    }

    @Test
    void aMessageIsOneObjectWithWhoSaidItAndWhen() throws IOException {
        try (var logger = open()) {
            Thread.currentThread().setName("main");
            logger.named("store").named("wal").warning("slow");
        }
        assertThat(file()).content().isEqualTo("""
                        {"time":"2026-01-31T12:00:00Z","level":"WARNING","logger":"store.wal","thread":"main","message":"slow"}
                        """);
    }

    @Test
    void whatWasThrownIsAStringToo() throws IOException {
        try (var logger = open()) {
            logger.warning("broken", new IllegalStateException("over\ntwo lines"));
        }
        var fields = onlyLine();
        assertThat(fields).hasSize(6);
        assertThat(fields.get(5))
                .startsWith("exception=java.lang.IllegalStateException: over\ntwo lines\n\tat io.legion");
    }

    @Test
    void aHostileMessageStaysInsideItsString() throws IOException {
        var hostile =
                "\"},{\"level\":\"ERROR\"}\r\n{\"time\":\"x\"}\\\u0000\u001b[2J\u0085\u2028\u2029\u202e\ufeffend\tof it";
        try (var logger = open()) {
            logger.error(hostile);
        }
        assertThat(Files.readAllLines(file())).hasSize(1);
        assertThat(Files.readString(file()).chars().filter(Character::isISOControl))
                .containsExactly((int) '\n');
        assertThat(onlyLine().get(4)).isEqualTo("message=" + hostile);
    }

    @Test
    void halfACharacterDoesNotMakeTheLineUnreadable() throws IOException {
        try (var logger = open()) {
            logger.info("a\ud83d b \ude00 c \ud83d\ude00");
        }
        assertThat(onlyLine().get(4)).isEqualTo("message=a\ufffd b \ufffd c \ud83d\ude00");
    }

    @Test
    void aMessageThatIsTooLongIsCutAndFitsIntoTheSmallestFile() throws IOException {
        try (var logger = open()) {
            logger.error("\u0001".repeat(1_000_000), new IllegalStateException("\u0002".repeat(1_000_000)));
        }
        assertThat(Files.size(file())).isLessThan(SMALLEST.bytes());
        assertThat(onlyLine().get(4)).contains("more characters cut");
        assertThat(onlyLine().get(5)).contains("more characters cut");
    }

    @Test
    void everyLineOfRandomMessagesIsAnObject() throws IOException {
        var random = new SplittableRandom(7);
        try (var logger = open()) {
            for (int i = 0; i < 200; i++) {
                var text = new StringBuilder();
                random.ints(random.nextInt(60), 0, 0x10000).forEach(c -> text.append((char) c));
                logger.info(text.toString());
            }
        }
        assertThat(Files.readAllLines(file()))
                .hasSize(200)
                .allSatisfy(line -> assertThat(fields(line)).hasSize(5));
    }

    private List<String> onlyLine() throws IOException {
        var lines = Files.readString(file()).split("\n", -1);
        assertThat(lines).hasSize(2);
        return fields(lines[0]);
    }

    /// Each as `key=value`, by a strict reader of JSON.
    private static List<String> fields(String line) {
        var fields = new java.util.ArrayList<String>();
        try (var parser =
                new JsonFactory().createParser(ObjectReadContext.empty(), line.getBytes(StandardCharsets.UTF_8))) {
            assertThat(parser.nextToken()).isEqualTo(JsonToken.START_OBJECT);
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                fields.add(parser.currentName() + "=" + parser.nextStringValue());
            }
            assertThat(parser.nextToken()).isNull();
        }
        assertThat(fields).extracting(field -> field.split("=", 2)[0]).startsWith(KEYS.toArray(String[]::new));
        return fields;
    }
}
