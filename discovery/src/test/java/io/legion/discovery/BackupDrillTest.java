package io.legion.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The drill of docs/backup.md, line by line, at free ports: the programs that the script would run.
class BackupDrillTest {
    private static final Pattern DRILL = Pattern.compile("<!-- drill -->\n```\n(.*?)```\n", Pattern.DOTALL);
    private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");
    private static final Pattern PORT = Pattern.compile("127\\.0\\.0\\.1:876([1-9])");

    private static final Map<String, String> PROGRAMS = Map.of(
            "demo",
            DemoMain.class.getName(),
            "restore",
            RestoreMain.class.getName(),
            "backup",
            "io.legion.command.CommandMain",
            "verify-backup",
            "io.legion.command.CommandMain");

    @TempDir
    private Path directory;

    private final HttpClient client = HttpClient.newHttpClient();
    private final int base = FreePort.base(3);
    private @Nullable RunningProgram demo;

    @AfterEach
    void close() {
        client.close();
        if (demo != null) {
            demo.terminate().exit();
            demo.close();
        }
    }

    @Test
    @Timeout(300)
    void theDrillBringsBackWhatWasThere() throws Exception {
        var parts = DRILL.matcher(Files.readString(Path.of("..", "docs", "backup.md")))
                .results()
                .map(part -> part.group(1).lines().toList())
                .toList();
        assertThat(parts).hasSize(2);
        var said = new ArrayList<String>();
        for (var line : parts.getFirst()) {
            said.add(run(line));
        }
        assertThat(said.get(2)).contains("Backup 1 of the cluster demo is complete: 64 shards, 1 partitions");
        assertThat(said.get(3)).contains("is whole");

        loseEverything();
        said.clear();
        for (var line : parts.getLast()) {
            said.add(run(line));
        }
        assertThat(said.get(0)).contains("\"key\":{\"application\":\"ORDERS\",\"id\":\"a1\"}");
        assertThat(said.get(1)).contains("holds a new cluster 'demo'", "with 1 partitions of backup 1");
        assertThat(said.getLast()).contains("\"service\":\"ORDERS\"").contains("\"id\":\"a1\"");

        assertThat(Objects.requireNonNull(demo).terminate().exit()).isZero();
        var again = start(List.of("restore", "--from", "data/backups", "--data", "data/restored"));
        assertThat(again.exit()).isEqualTo(1);
        assertThat(again.err()).contains("belongs to the cluster 'demo', so nothing was restored");
    }

    private void loseEverything() throws IOException {
        assertThat(Objects.requireNonNull(demo).terminate().exit()).isZero();
        try (Stream<Path> all = Files.walk(directory.resolve("data").resolve("drill"))) {
            for (var one : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(one);
            }
        }
    }

    /// Carries out a line of the drill.
    ///
    /// @return what it prints
    private String run(String line) throws IOException, InterruptedException {
        var words = words(line);
        if (words.getFirst().equals("curl")) {
            return curl(words.subList(1, words.size()));
        }
        assertThat(words.getFirst()).isEqualTo("./legion");
        var arguments = words.subList(1, words.size());
        if (arguments.getFirst().equals("demo")) {
            demo = start(arguments).await("Ctrl-C stops.");
            return demo.out();
        }
        try (var program = start(arguments)) {
            assertThat(program.exit()).as(line + ": " + program.err()).isZero();
            return program.out();
        }
    }

    private static List<String> words(String line) {
        return WORD.matcher(line).results().map(BackupDrillTest::word).toList();
    }

    private static String word(MatchResult found) {
        return found.group(1) == null ? found.group(2) : found.group(1);
    }

    private RunningProgram start(List<String> arguments) throws IOException {
        var name = arguments.getFirst();
        var main = Objects.requireNonNull(PROGRAMS.get(name), name);
        var line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                main));
        boolean ofCommand = main.contains(".command.");
        line.addAll(ofCommand ? arguments : arguments.subList(1, arguments.size()));
        if (name.equals("demo")) {
            line.addAll(List.of("--base-port", Integer.toString(base)));
        } else if (name.equals("backup")) {
            line.addAll(List.of("--admin", "http://127.0.0.1:" + (base + 1_001)));
        }
        return RunningProgram.start(directory, line);
    }

    /// As far as the drill needs it.
    private String curl(List<String> words) throws IOException, InterruptedException {
        var method = "GET";
        var body = BodyPublishers.noBody();
        var uri = "";
        var headers = new ArrayList<String>();
        for (int i = 0; i < words.size(); i++) {
            switch (words.get(i)) {
                case "-X" -> method = words.get(++i);
                case "-H" -> headers.addAll(List.of(words.get(++i).split(": ", 2)));
                case "-d" -> body = BodyPublishers.ofString(words.get(++i));
                default -> uri = atOurPort(words.get(i));
            }
        }
        var request = HttpRequest.newBuilder(URI.create(uri)).method(method, body);
        for (int i = 0; i < headers.size(); i += 2) {
            request.header(headers.get(i), headers.get(i + 1));
        }
        var answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
        return answer.body();
    }

    private String atOurPort(String uri) {
        return PORT.matcher(uri).replaceFirst(found -> "127.0.0.1:" + (base + Integer.parseInt(found.group(1))));
    }
}
