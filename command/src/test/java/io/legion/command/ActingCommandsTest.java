package io.legion.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The commands that change something: what they send, and only after whose consent.
class ActingCommandsTest {
    private static final String C = "7d0102030405060a";
    private static final String EJECT = "POST /nodes/" + C + "/eject";
    private static final String DRY = "?dryRun=true";

    private final StubAdmin admin = StubAdmin.open();

    @BeforeEach
    void answers() {
        admin.on("GET /cluster", "cluster-troubled.json")
                .on(EJECT + DRY, "announced.json")
                .on(EJECT, "done.json");
    }

    @AfterEach
    void close() {
        admin.close();
    }

    private String[] with(String command) {
        return (command + " --admin " + admin.url()).split(" ");
    }

    private List<String> posts() {
        return admin.requests().stream()
                .filter(request -> request.startsWith("POST"))
                .toList();
    }

    @Test
    void itSaysWhatWouldHappenAsksAndThenActs() {
        var run = Run.typed("yes\n", with("eject 7d0102"));
        assertThat(run.exit()).isZero();
        assertThat(run.out())
                .containsSubsequence(
                        "would: The node " + C + " would be out for good, and 85 shards",
                        "Only \"yes\" does it:",
                        "done:  The node " + C + " is out for good; 85 shards are being copied.");
        assertThat(posts()).containsExactly(EJECT + DRY, EJECT);
        assertThat(admin.asked()).allSatisfy(asked -> {
            if (asked.request().startsWith("POST")) {
                assertThat(asked.headers()).containsEntry("Legion-act", List.of("yes"));
            }
        });
    }

    @ParameterizedTest
    @CsvSource({"no", "y", "YES", "''"})
    void anythingButYesDoesNothing(String typed) {
        var run = Run.typed(typed + "\n", with("eject 7d0102"));
        assertThat(run.exit()).isEqualTo(6);
        assertThat(run.out()).endsWith("Nothing was done.\n");
        assertThat(posts()).containsExactly(EJECT + DRY);
    }

    @Test
    void theEndOfTheInputDoesNothing() {
        assertThat(Run.typed("", with("eject 7d0102")).exit()).isEqualTo(6);
        assertThat(posts()).containsExactly(EJECT + DRY);
    }

    @Test
    void withoutATerminalItNeedsConsentInTheCommandLine() {
        var run = Run.fed("yes\n", with("eject 7d0102"));
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("There is no terminal", "nothing was done", "--yes");
        assertThat(admin.requests()).isEmpty();
    }

    @Test
    void inJsonThereIsNoPlaceForAQuestion() {
        var run = Run.typed("yes\n", with("eject 7d0102 --json"));
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("--json asks no question");
        assertThat(admin.requests()).isEmpty();
    }

    @Test
    void aDryRunChangesNothing() {
        var run = Run.of(with("eject 7d0102 --dry-run"));
        assertThat(run.exit()).isZero();
        assertThat(run.out()).startsWith("would: ").doesNotContain("done:");
        assertThat(Run.of(with("eject 7d0102 --dry-run --json")).out())
                .isEqualTo(StubAdmin.text("announced.json").strip() + "\n");
        assertThat(posts()).containsOnly(EJECT + DRY);
    }

    @Test
    void aScriptActsWithConsentAndGetsOneDocument() {
        var run = Run.of(with("eject 127.0.0.1:7763 --yes --json"));
        assertThat(run.exit()).isZero();
        assertThat(run.out()).isEqualTo(StubAdmin.text("done.json").strip() + "\n");
        assertThat(posts()).containsExactly(EJECT + DRY, EJECT);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "leave c3f01b | POST /nodes/c3f01b0011223344/leave |",
                "force 7d0102 c3f01b 127.0.0.1:7763 | POST /force | {\"lost\":[\"7d0102030405060a\",\"c3f01b0011223344\"]}",
                "force aaaaaaaaaaaaaaaa | POST /force | {\"lost\":[\"aaaaaaaaaaaaaaaa\"]}",
                "salvage drop 42 c3f01b | POST /shards/42/copies/c3f01b0011223344/drop |",
                "rebalancing pause | POST /rebalancing/pause |",
                "rebalancing RESUME | POST /rebalancing/resume |",
                "versions hold | POST /versions/hold |",
                "versions release | POST /versions/release |",
                "versions RAISE | POST /versions/raise |",
                "clocks accept 10m | POST /clocks | {\"acceptAheadMillis\":600000}",
                "clocks accept 0s | POST /clocks | {\"acceptAheadMillis\":0}",
                "loggers debug | POST /loggers | {\"threshold\":\"DEBUG\"}",
            })
    void eachOrderIsTheServers(String command, String request, String body) {
        admin.on(request + DRY, "announced.json").on(request, "done.json");
        assertThat(Run.of(with(command + " --yes")).exit()).isZero();
        assertThat(posts()).containsExactly(request + DRY, request);
        assertThat(admin.asked().getLast().body()).isEqualTo(body == null ? "" : body);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "rebalancing | Missing required parameter: 'CHANGE'",
                "rebalancing stop | expected one of",
                "versions --yes | Nothing is ordered, so nothing was done: say hold, release or raise.",
                "versions lower | expected one of",
                "clocks | Missing required subcommand",
                "clocks accept soon | \"soon\" is no time such as 500ms, 90s, 10m or 2h, up to 8760h",
                "clocks accept 8761h | \"8761h\" is no time",
                "loggers loud | expected one of",
            })
    void whatIsNoOrderIsRefusedBeforeAnythingIsSent(String command, String message) {
        var run = Run.of(command.split(" "));
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains(message);
        assertThat(admin.asked()).isEmpty();
    }

    @Test
    void whatTheServerSaysOfTheTimeUntilTheOrderIsShownBeforeTheQuestion() {
        assertThat(Run.typed("no\n", with("eject 7d0102")).out())
                .containsSubsequence("note:  This is no promise: the order is judged anew.\n", "Do this?");
        assertThat(Run.typed("yes\n", with("eject 7d0102")).out().split("note:", -1))
                .hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "c3f01 | may be c3f01a2b3c4d5e6f (127.0.0.1:7761), c3f01b0011223344 (127.0.0.1:7762): write more of it.",
                "beef | there is no node \"beef\". The nodes are: c3f01a2b3c4d5e6f (127.0.0.1:7761), ",
                "7d | \"7d\" is too short to act without a question, so nothing was done: write \"7d0102\"",
            })
    void aNodeThatIsUnclearIsNoNode(String node, String message) {
        var run = Run.of(with("eject --yes " + node));
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).startsWith("legion eject: ").contains(message);
        assertThat(posts()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"leave", "eject", "force", "salvage drop 42"})
    void aVariableThatIsNotSetIsNoNodeEvenOfAClusterOfOne(String command) {
        var node = "{\"node\":\"" + C + "\",\"address\":\"127.0.0.1:7763\"}";
        admin.on("GET /cluster", 200, "{\"self\":\"" + C + "\",\"nodes\":[" + node + "],\"problems\":[]}");
        var line = new ArrayList<>(List.of(with(command + " --yes")));
        line.add("");
        var run = Run.of(line.toArray(String[]::new));
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("the name of a node is empty");
        assertThat(posts()).isEmpty();
    }

    @Test
    void aShortNameIsEnoughWhereAPersonSeesWhomItMeans() {
        assertThat(Run.typed("yes\n", with("eject 7d")).exit()).isZero();
        assertThat(posts()).containsExactly(EJECT + DRY, EJECT);
    }

    @Test
    void optionsBeforeDropAreRefusedAndNotIgnored() {
        for (var option : List.of("--admin http://192.0.2.1:1", "--token-file t", "--json")) {
            var run = Run.of(with("salvage " + option + " drop 42 c3f01b --yes"));
            assertThat(run.exit()).isEqualTo(2);
            assertThat(run.err())
                    .startsWith("legion salvage: \"" + option.split(" ")[0] + "\" stands before \"drop\"")
                    .contains("nothing was done");
        }
        assertThat(admin.asked()).isEmpty();
        assertThat(Run.of("salvage", "--help", "drop").exit()).isZero();
        assertThat(Run.of("salvage", "--help").out()).contains("\n       legion salvage drop [OPTIONS] SHARD NODE\n");
    }

    @Test
    void whatTheServerRefusesIsShownAndNotOrdered() {
        admin.on("POST /force" + DRY, "refused.json");
        var run = Run.typed("yes\n", with("force 7d0102"));
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.out())
                .contains("refused:\n", "shard 7 (has majority): The shard has a majority without them.")
                .doesNotContain("Only \"yes\"");
        assertThat(posts()).containsExactly("POST /force" + DRY);
    }

    @Test
    void whatANodeSaysOfManyShardsAlikeIsOneLine() {
        var shards = IntStream.range(0, 64)
                .mapToObj(shard -> "{\"node\":\"" + C + "\",\"shard\":" + shard
                        + ",\"reason\":\"UNHEARD\",\"what\":\"it was not heard\"}")
                .collect(Collectors.joining(","));
        admin.on("POST /force" + DRY, 200, "{\"what\":\"x\",\"done\":[],\"refused\":[" + shards + "]}");
        assertThat(Run.of(with("force 7d0102 --dry-run")).out().replaceAll("\\s+", " "))
                .endsWith("refused: " + C
                        + ", shards 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 and 54 more (unheard): it was not heard ");
    }

    @Test
    void anOrderWithoutAnAnswerMayHaveBeenDone() throws Exception {
        try (var dies = RawServer.open(connection -> {
            var in = connection.getInputStream();
            var asked = new String(in.readNBytes(44), StandardCharsets.US_ASCII);
            if (asked.contains("POST") && !asked.contains("dryRun")) {
                connection.close();
                return;
            }
            var body = StubAdmin.text(asked.startsWith("GET") ? "cluster-troubled.json" : "announced.json");
            connection
                    .getOutputStream()
                    .write(("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: " + body.length() + "\r\n\r\n"
                                    + body)
                            .getBytes(StandardCharsets.UTF_8));
        })) {
            var run = Run.of("eject", "7d0102", "--yes", "--admin", dies.url("http"));
            assertThat(run.exit()).isEqualTo(1);
            assertThat(run.err()).contains("may have been done, or not", "./legion status");
        }
    }

    @Test
    void theOrderGoesToTheServerThatAnnouncedIt() {
        try (var other = StubAdmin.open()) {
            other.on("GET /cluster", "cluster-troubled.json");
            var run = Run.of("eject", "7d0102", "--yes", "--admin", admin.url() + "," + other.url());
            assertThat(run.exit()).isZero();
            assertThat(other.asked()).isEmpty();
        }
    }
}
