package io.legion.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.AbstractThrowableAssert;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ConfigurationTest {

    record Node(
            String name,
            @Default("30s") Duration lease,
            @Default("256 MiB") ByteSize cache,
            @Nullable Path trace,
            Http http,
            @Default("memory") Store store,
            @Default("info") Logger.Priority threshold,
            Limits limits) {}

    record Http(@Default("127.0.0.1") String host, int port) {
        Http {
            if (port < 0 || port > 65535) {
                throw new IllegalArgumentException("port must be 0 to 65535, but is " + port + ".");
            }
        }
    }

    record Limits(
            @Default("10") long requests,
            @Default("0.5") double share,
            @Default("true") boolean strict) {}

    sealed interface Store {
        record Memory() implements Store {}

        record RocksDb(Path path, @Default("true") boolean sync) implements Store {}
    }

    record Lists(List<String> seeds, Map<String, Http> listeners) {}

    record Unreadable(Object anything) {}

    @TempDir
    Path directory;

    @Test
    void readsEveryKindOfValue() {
        var node = parse("""
                name: eu-1
                lease: 5m
                cache: 2 GiB
                trace: /var/trace
                http:
                  host: 0.0.0.0
                  port: 8761
                store:
                  rocksdb:
                    path: data/1
                    sync: false
                threshold: warning
                limits: { requests: 1_000_000, share: 0.25, strict: false }
                """);

        assertThat(node)
                .isEqualTo(new Node(
                        "eu-1",
                        Duration.ofMinutes(5),
                        new ByteSize(2L << 30),
                        Path.of("/var/trace"),
                        new Http("0.0.0.0", 8761),
                        new Store.RocksDb(Path.of("data/1"), false),
                        Logger.Priority.WARNING,
                        new Limits(1_000_000, 0.25, false)));
    }

    @Test
    void whatIsNotInTheFileIsItsDefault() {
        assertThat(parse("{ name: a, http: { port: 1 } }"))
                .isEqualTo(new Node(
                        "a",
                        Duration.ofSeconds(30),
                        new ByteSize(256L << 20),
                        null,
                        new Http("127.0.0.1", 1),
                        new Store.Memory(),
                        Logger.Priority.INFO,
                        new Limits(10, 0.5, true)));
    }

    @Test
    void aChoiceWithoutKeysOfItsOwnIsItsNameAloneOrWithNothing() {
        assertThat(parse("{ name: a, http: { port: 1 }, store: memory }").store())
                .isEqualTo(new Store.Memory());
        assertThat(parse("name: a\nhttp:\n  port: 1\nstore:\n  memory:\n").store())
                .isEqualTo(new Store.Memory());
    }

    @Test
    void readsListsAndMapsInTheirOrder() {
        var lists = Configuration.parse("node.yaml", """
                seeds: [b:1, "a:2"]
                listeners:
                  public: { port: 2 }
                  admin: { port: 1 }
                """, Lists.class);

        assertThat(lists.seeds()).containsExactly("b:1", "a:2");
        assertThat(lists.listeners())
                .containsExactly(
                        Map.entry("public", new Http("127.0.0.1", 2)), Map.entry("admin", new Http("127.0.0.1", 1)));
    }

    @Test
    void anUnknownKeyIsRefusedWithItsLineAndTheNearestKnownOne() {
        assertRefused("name: a\nhttp:\n  prot: 1\n")
                .hasMessage("node.yaml:3: \"http\": there is no key \"prot\". Did you mean \"port\"?"
                        + " The keys here are host, port.");
        assertRefused("name: a\nqqqqqqqqq: 1\n")
                .hasMessageStartingWith("node.yaml:2: there is no key \"qqqqqqqqq\". The keys here are name, lease,");
    }

    @Test
    void aMissingKeyIsNamedWithItsPath() {
        assertRefused("name: a\nhttp:\n  host: b\n")
                .hasMessage("node.yaml:3: the key \"http.port\" is missing, and it has no default.");
        assertRefused("").hasMessage("node.yaml:1: the key \"name\" is missing, and it has no default.");
        assertRefused("name: a").hasMessage("node.yaml:1: the key \"http\" is missing, and it has no default.");
        assertRefused("name:\n").hasMessageContaining("the key \"name\" is missing");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            lease: soon          | "lease": must be a duration such as 250ms, 30s, 5m, 2h or 1d, but is "soon".
            lease: 30            | "lease": must be a duration such as 250ms, 30s, 5m, 2h or 1d, but is "30".
            lease: 40000d        | "lease": must be at most 36500d, but is "40000d".
            limits: {share: NaN} | "limits.share": must be a finite number, but is "NaN".
            cache: 1 MB          | "cache": must be a size such as 1000, 64 KiB, 256 MiB or 2 GiB, but is "1 MB".
            cache: 9999999 TiB   | "cache": is a larger size than can be counted, but is "9999999 TiB".
            threshold: loud      | "threshold": must be one of debug, info, warning, error, but is "loud".
            limits: 3            | "limits": must be a group of keys, but is "3".
            lease: [1]           | "lease": must be a single value, but is a list.
            limits: {requests: x}| "limits.requests": must be a whole number, but is "x".
            limits: {share: x}   | "limits.share": must be a number, but is "x".
            limits: {strict: yes}| "limits.strict": must be true or false, but is "yes".
            store: rocksbd       | "store": there is no key "rocksbd". Did you mean "rocksdb"? The keys here are memory, rocksdb.
            store: []            | "store": must be one of memory, rocksdb, but is a list.
            store: rocksdb       | the key "store.rocksdb.path" is missing, and it has no default.
            """)
    void aValueOfTheWrongKindIsExplained(String line, String message) {
        assertRefused("name: a\nhttp: { port: 1 }\n" + line + "\n").hasMessage("node.yaml:3: " + message);
    }

    @Test
    void aNumberThatIsTooLargeIsRefused() {
        assertRefused("name: a\nhttp: { port: 3000000000 }\n")
                .hasMessage("node.yaml:2: \"http.port\": must be a whole number from -2147483648 to 2147483647,"
                        + " but is \"3000000000\".");
    }

    @Test
    void whatTheRecordItselfRefusesNamesTheLine() {
        assertRefused("name: a\nhttp:\n  port: 70000\n")
                .hasMessage("node.yaml:3: \"http\": port must be 0 to 65535, but is 70000.");
    }

    @Test
    void whatIsNotYamlIsRefusedWithItsLine() {
        assertRefused("name: a\nhttp: { port: 1\n").hasMessageMatching("(?s)node.yaml:[23]: this is not YAML: .*");
        assertRefused("name: a\nname: b\n").hasMessageMatching("node.yaml:2: .*name.*");
        assertRefused("- a\n").hasMessageContaining("a configuration must be keys with values");
        assertRefused("name: a\nhttp: { port: 1 }\n---\nname: b\n").hasMessageContaining("a second document starts");
        assertRefused("name: &x a\ntrace: *x\n").hasMessageContaining("anchors and aliases");
        assertRefused("http: " + "[".repeat(5_000) + "\n").hasMessageStartingWith("node.yaml:1: ");
    }

    @Test
    void readsAFileAndNamesItInItsMessages() throws IOException {
        var file = Files.writeString(directory.resolve("node.yaml"), "name: a\nhttp: { port: 1 }\n");
        assertThat(Configuration.read(file, Node.class).name()).isEqualTo("a");

        Files.writeString(file, "nam: a\n");
        assertThatThrownBy(() -> Configuration.read(file, Node.class))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith(file + ":1: there is no key \"nam\". Did you mean \"name\"?");
    }

    @Test
    void aFileThatCanNotBeReadIsRefusedWithTheReason() throws IOException {
        var binary = Files.write(directory.resolve("binary"), new byte[] {(byte) 0xc3, 0x28});
        var huge = Files.write(directory.resolve("huge"), new byte[Configuration.MAX_BYTES + 1]);

        assertThatThrownBy(() -> Configuration.read(directory.resolve("no.yaml"), Node.class))
                .hasMessageMatching("There is no configuration file .*no.yaml\\.");
        assertThatThrownBy(() -> Configuration.read(directory, Node.class)).hasMessageContaining("is a directory");
        assertThatThrownBy(() -> Configuration.read(binary, Node.class)).hasMessageContaining("is not UTF-8 text");
        assertThatThrownBy(() -> Configuration.read(huge, Node.class)).hasMessageContaining("is longer than 1 MiB");
    }

    @Test
    void aRecordThatCanNotBeReadFromAFileIsAMistakeOfTheProgram() {
        assertThatThrownBy(() -> Configuration.parse("node.yaml", "anything: 1", Unreadable.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("java.lang.Object of anything cannot be read");
    }

    @Test
    void theConfigsOfTheServicesAreReadable() {
        assertThat(Configuration.parse("x", "file: a.log\nmaximumSize: 1 MiB\n", FileLogger.Config.class))
                .isEqualTo(new FileLogger.Config(Path.of("a.log"), Logger.Priority.INFO, new ByteSize(1 << 20), 4));
        assertThat(Configuration.parse("x", "", ConsoleLogger.Config.class))
                .isEqualTo(new ConsoleLogger.Config(Logger.Priority.INFO));
        assertThat(Configuration.parse("x", "", Slf4jLogger.Config.class)).isEqualTo(new Slf4jLogger.Config("legion"));
        assertThat(Configuration.parse("x", "", RecordingLogger.Config.class).capacity())
                .isEqualTo(100_000);
        assertThat(Configuration.parse("x", "maximum: 7", CaffeineLruCache.Config.class))
                .isEqualTo(new CaffeineLruCache.Config(7));
        assertThat(Configuration.parse("x", "", MicrometerMonitor.Config.class))
                .isEqualTo(new MicrometerMonitor.Config(false));
        assertThat(Configuration.parse("x", "", RecordingMonitor.Config.class))
                .isEqualTo(new RecordingMonitor.Config());
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1000, 1000", "1024, 1 KiB", "1536, 1536", "268435456, 256 MiB", "1099511627776, 1 TiB"})
    void aSizeIsShownAsItCanBeWritten(long bytes, String text) {
        assertThat(new ByteSize(bytes)).hasToString(text);
        assertThat(ByteSize.parse(text)).isEqualTo(new ByteSize(bytes));
    }

    private static Node parse(String text) {
        return Configuration.parse("node.yaml", text, Node.class);
    }

    private static AbstractThrowableAssert<?, ?> assertRefused(String text) {
        return assertThatThrownBy(() -> parse(text)).isInstanceOf(ConfigurationException.class);
    }
}
