package io.legion.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/// Servers that answer anything but what they should: a command ends, says so in words, and shows nothing that steers a
/// terminal.
class HostileServerTest {
    private static final JsonMapper MAPPER = JsonMapper.shared();

    private static final List<String> COMMANDS = List.of(
            "status",
            "nodes",
            "nodes c3f01a",
            "shards",
            "shards 1",
            "partition",
            "partition t",
            "partition t k",
            "search t x",
            "salvage",
            "doctor",
            "eject c3f01a --yes");

    private final StubAdmin admin = StubAdmin.open();

    @TempDir
    private Path directory;

    @AfterEach
    void close() {
        admin.close();
    }

    private Run run(String command) {
        return Run.of((command + " --admin " + admin.url()).split(" "));
    }

    /// The document, in which every text that is no id says this too.
    private static String poisoned(String resource, String poison) {
        return poisoned(MAPPER.readTree(StubAdmin.text(resource)), poison).toString();
    }

    private static JsonNode poisoned(JsonNode node, String poison) {
        return switch (node) {
            case ObjectNode object -> {
                object.properties().forEach(field -> field.setValue(poisoned(field.getValue(), poison)));
                yield object;
            }
            case ArrayNode array -> {
                for (int i = 0; i < array.size(); i++) {
                    array.set(i, poisoned(array.get(i), poison));
                }
                yield array;
            }
            case StringNode text
            when !text.asString().matches("[0-9a-f]{16}") -> StringNode.valueOf(text.asString() + poison);
            default -> node;
        };
    }

    private void poisonAll(String poison) {
        Map.of(
                        "GET /cluster", "cluster-troubled.json",
                        "GET /shards?limit=1000", "shards-2.json",
                        "GET /shards?limit=20", "shards-2.json",
                        "GET /shards/1", "shard.json",
                        "GET /types", "types.json",
                        "GET /partitions/t?limit=100", "keys.json",
                        "GET /partitions/t/k", "partition.json",
                        "GET /index?type=t&after=x&limit=100", "index.json",
                        "GET /divergent?limit=100", "divergent.json")
                .forEach((request, resource) -> admin.on(request, 200, poisoned(resource, poison)));
        var node = "c3f01a2b3c4d5e6f";
        admin.on("GET /peers/" + node, 200, poisoned("peers.json", poison))
                .on("POST /nodes/" + node + "/eject?dryRun=true", 200, poisoned("announced.json", poison))
                .on("POST /nodes/" + node + "/eject", 200, poisoned("done.json", poison));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u001b[2J\u0007", "\u009b31m", "\u202eevil\u2028", "\r\n\b\t\0", "\u007f"})
    void nothingThatSteersATerminalReachesIt(String poison) {
        poisonAll(poison);
        for (var command : COMMANDS) {
            var run = run(command);
            assertThat(run.out()).as(command).isNotEmpty().contains("\\u");
            assertThat((run.out() + run.err()).replace("\n", ""))
                    .as(command)
                    .doesNotContainPattern("[\\p{Cntrl}\\u0080-\\u009f\\u202e\\u2028]");
        }
    }

    @Test
    void inJsonItStaysTheSameValueAndSteersNothing() {
        var document = "{\"nodes\":[],\r\n\t\"problems\":[],\"at\":\"\u009b31m\u202e\\u001b\u007f\"}";
        admin.on("GET /cluster", 200, document);
        var run = run("status --json");
        assertThat(run.out().replaceAll("[\n\t]", "")).doesNotContainPattern("[\\p{Cntrl}\\u0080-\\u009f\\u202e]");
        assertThat(MAPPER.readTree(run.out())).isEqualTo(MAPPER.readTree(document));
    }

    @Test
    void theWordsOfAFailureSteerNothingEither() {
        admin.on("GET /cluster", 500, "{\"title\":\"x\",\"detail\":\"\\u001b[2Jbad\\n\"}");
        var run = run("status");
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).contains("answered 500: \\u001b[2Jbad\\u000a").doesNotContain("\u001b");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "\"x\"",
                "{",
                "{}{}",
                "{\"a\":1,\"a\":2}",
                "{\"problems\":[}",
                "<html>It works!</html>",
                "{\"nodes\":{},\"problems\":[]}",
                "{\"nodes\":[],\"problems\":null}",
                "\ufeff{\"nodes\":[],\"problems\":[]}",
            })
    void aBrokenAnswerIsAFailureInOneLine(String body) {
        admin.on("GET /cluster", 200, body);
        var run = run("status");
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err().lines())
                .singleElement()
                .asString()
                .startsWith("legion status: The answer of " + admin.url());
    }

    @Test
    void aDeepDocumentIsAFailure() {
        admin.on("GET /cluster", 200, "{\"a\":".repeat(100_000) + "1" + "}".repeat(100_000));
        assertThat(run("status").exit()).isEqualTo(1);
    }

    /// Whatever is missing or of another kind: the commands say what they can, or that they cannot.
    @Test
    void noPartOfADocumentThatIsMissingOrOfAnotherKindIsAFaultOfTheCommand() {
        var random = new Random(15);
        for (int i = 0; i < 40; i++) {
            for (var resource : List.of("cluster-troubled.json", "shards-2.json", "partition.json", "divergent.json")) {
                var request = switch (resource) {
                    case "shards-2.json" -> "GET /shards?limit=1000";
                    case "partition.json" -> "GET /partitions/t/k";
                    case "divergent.json" -> "GET /divergent?limit=100";
                    default -> "GET /cluster";
                };
                admin.on(request, 200, mangled(StubAdmin.text(resource), random));
            }
            for (var command : List.of("status", "nodes", "doctor", "shards", "partition t k", "salvage")) {
                var run = run(command);
                assertThat(run.err()).as(command).doesNotContain("fault of the command");
                assertThat(run.exit()).as(command).isIn(0, 1, 5);
            }
        }
    }

    /// The document with one value replaced.
    private static String mangled(String document, Random random) {
        var values = java.util.regex.Pattern.compile("(?<=:)(\"[^\"]*\"|\\d+|true|false|null|\\[\\]|\\{\\})")
                .matcher(document)
                .results()
                .toList();
        var value = values.get(random.nextInt(values.size()));
        var others = List.of("null", "7", "-1", "1e99", "1.5", "\"\"", "\"x\"", "[]", "{}", "[null]", "[[]]", "true");
        return document.substring(0, value.start())
                + others.get(random.nextInt(others.size()))
                + document.substring(value.end());
    }

    @Test
    void anAnswerWithoutEndIsCutOff() throws Exception {
        try (var endless = RawServer.open(HostileServerTest::endless)) {
            var run = Run.of("status", "--admin", endless.url("http"));
            assertThat(run.exit()).isEqualTo(1);
            assertThat(run.err()).contains("answered more than 8 MiB");
        }
    }

    private static void endless(Socket connection) throws Exception {
        var out = connection.getOutputStream();
        out.write("HTTP/1.1 200 OK\r\n\r\n{\"a\":\"".getBytes(StandardCharsets.US_ASCII));
        var block = "x".repeat(1 << 16).getBytes(StandardCharsets.US_ASCII);
        while (true) {
            out.write(block);
        }
    }

    @Test
    void anAnswerThatDripsIsWaitedForNoLongerThanTheTimeoutSays() throws Exception {
        try (var drips = RawServer.open(HostileServerTest::drip)) {
            long begin = System.nanoTime();
            var run = Run.of("status", "--timeout", "300ms", "--admin", drips.url("http"));
            assertThat(run.exit()).isEqualTo(3);
            assertThat(run.err()).contains("within 300 ms");
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
        }
    }

    private static void drip(Socket connection) throws Exception {
        var out = connection.getOutputStream();
        out.write("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        connection.setSoTimeout(20); // the pace of a slow server
        do {
            out.write(' ');
        } while (!hasGone(connection));
    }

    /// Waits for that, as long as the pace says.
    private static boolean hasGone(Socket connection) throws IOException {
        try {
            connection.getInputStream().transferTo(OutputStream.nullOutputStream());
            return true;
        } catch (SocketTimeoutException here) {
            return false;
        }
    }

    @Test
    void aRedirectionIsNotFollowed() throws Exception {
        Files.writeString(directory.resolve("token"), "secret\n");
        try (var elsewhere = StubAdmin.open()) {
            elsewhere.on("GET /cluster", "cluster-well.json");
            admin.on("GET /cluster", 302, "", Map.of("Location", elsewhere.url() + "/cluster"));
            var run = run("status --token-file " + directory.resolve("token"));
            assertThat(run.exit()).isEqualTo(1);
            assertThat(run.err())
                    .contains("sends its clients to " + elsewhere.url() + "/cluster, which was not followed");
            assertThat(elsewhere.asked()).isEmpty();
            assertThat(admin.asked().getFirst().headers()).containsEntry("Authorization", List.of("Bearer secret"));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "401 | 4 | give a token with --token-file",
                "403 | 4 | Use a token or a certificate that may do this",
                "421 | 4 | hostNames",
                "404 | 1 | Is that the address of an admin service?",
                "503 | 1 | Is that the address of an admin service?",
                "204 | 1 | cannot be read",
            })
    void theStatusDecidesHowTheCommandEnds(int status, int exit, String message) {
        admin.on("GET /cluster", status, "");
        var run = run("status");
        assertThat(run.exit()).isEqualTo(exit);
        assertThat(run.err()).contains(message);
        assertThat(run("doctor").exit()).isEqualTo(exit);
    }

    @Test
    void aTokenThatIsNotTheRightOneIsToldApartFromNone() {
        admin.on("GET /cluster", 401, "{\"detail\":\"The token is not known.\"}");
        assertThat(run("status --token wrong").err())
                .contains("401: The token is not known. The token is not the one that it knows");
    }
}
