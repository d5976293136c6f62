package io.legion.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the commands show that change nothing.
class LookingCommandsTest {
    private static final String A = "c3f01a2b3c4d5e6f";
    private static final String B = "c3f01b0011223344";

    private final StubAdmin admin = StubAdmin.open();

    @AfterEach
    void close() {
        admin.close();
    }

    private Run run(String... arguments) {
        return Run.of(with(arguments));
    }

    private String[] with(String... arguments) {
        var all = java.util.Arrays.copyOf(arguments, arguments.length + 2);
        all[arguments.length] = "--admin";
        all[arguments.length + 1] = admin.url();
        return all;
    }

    @Test
    void statusOfAClusterThatIsWellSaysSoAndEndsWith0() {
        admin.on("GET /cluster", "cluster-well.json");
        var run = run("status");
        assertThat(run.exit()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .startsWith("Cluster demo is well.\n")
                .contains(
                        "nodes   3 up\n",
                        "shards  256 serving\n",
                        "copies  768 complete, 0 under way\n",
                        "behind  no node\n",
                        "busiest no partition stands out\n",
                        "types   registrations version 1\n",
                        "by c3f01a at " + admin.url());
    }

    @Test
    void statusSaysOfWhichNodesItIsNotKnownWhetherTheyAreBehind() {
        var silent = Pattern.compile("\"lag\":\\{[^}]*\"reason\":\"[^}]*}")
                .matcher(StubAdmin.text("cluster-troubled.json"))
                .replaceFirst("\"lag\":null");
        admin.on("GET /cluster", 200, silent);
        assertThat(run("status").out()).contains("behind  not known of 7d0102\n");
        assertThat(run("nodes").out()).containsPattern("7d0102 +unreachable .* \\? +\\? +\\? ");
    }

    @Test
    void statusShowsTheWorstProblemFirstWithItsNextStepAndEndsWith5() {
        admin.on("GET /cluster", "cluster-troubled.json");
        var run = run("status");
        assertThat(run.exit()).isEqualTo(5);
        assertThat(run.out())
                .startsWith("Cluster demo has 2 problems.\n\nCRITICAL  The node 7d0102030405060a cannot be reached")
                .containsSubsequence("next: Look at its process", "WARNING  4 shards", "next: Nothing")
                .contains("nodes   1 gone, 1 unreachable, 2 up\n", "shards  250 serving, 2 waiting, 4 copying\n")
                .contains(
                        "behind  7d0102 by 12 s and 40 events of 2 shards: ./legion nodes says why\n",
                        "busiest registrations 'it'\\''s' 30 %, registrations 'BILLS' 12 % of the events of the last seconds\n",
                        "types   registrations version 1 (2 waits for 1 node), orders versions 2 to 3 (3 becomes active),\n",
                        "        bills version 1 (4 is held)\n");
    }

    @Test
    void versionsWithoutAnOrderListsThemWithWhoRunsWhatAndWhatTheyWaitFor() {
        admin.on("GET /cluster", "cluster-troubled.json");
        var run = run("versions");
        assertThat(run.exit()).isZero();
        assertThat(run.out())
                .containsPattern("TYPE +ACTIVE +NEWEST\n")
                .containsPattern("registrations +version 1 +2 waits for 1 node\n")
                .containsPattern("orders +versions 2 to 3 +3 becomes active\n")
                .containsPattern("bills +version 1 +4 is held\n")
                .contains(
                        "registrations: version 1 (release '2026-11') on 7d0102; versions 1 to 2 (release '2026-12') on")
                .containsPattern("Version 2 waits\\.\n  next: Start it\\.\n");
        assertThat(admin.asked()).hasSize(1);
        admin.on("GET /cluster", "cluster-well.json");
        assertThat(run("versions").out())
                .containsPattern("registrations +version 1 +1\n")
                .doesNotContain("next:", "held");
    }

    /// Before a release with a new version comes.
    @Test
    void versionsSaysWhoHoldsThoughNothingWaits() {
        admin.on(
                "GET /cluster",
                200,
                StubAdmin.text("cluster-well.json").replace("\"holding\":[]", "\"holding\":[\"7d0102030405060a\"]"));
        assertThat(run("versions").out()).endsWith("held, once there is a newer version, by: 7d0102\n");
    }

    @Test
    void aTypeThatNoShardHasYetIsNotActive() {
        var newType = StubAdmin.text("cluster-well.json")
                .replace("\"state\":\"ACTIVE\",\"least\":1,\"most\":1", "\"state\":\"HELD\",\"least\":0,\"most\":0");
        admin.on("GET /cluster", 200, newType);
        assertThat(run("status").out()).contains("types   registrations not active yet (1 is held)\n");
        assertThat(run("versions").out()).containsPattern("registrations +not active yet +1 is held\n");
    }

    @Test
    void nodesSaysWhichOnesRunWhichReleaseOfTheService() {
        admin.on("GET /cluster", "cluster-troubled.json");
        assertThat(run("nodes").out())
                .containsPattern(" LEGION +RELEASE +STARTED\n")
                .containsPattern("c3f01a.* 0\\.1\\.0-SNAPSHOT +2026-12 ")
                .contains("releases of the service: '2026-11' on 7d0102; '2026-12' on c3f01a, c3f01b\n");
    }

    @Test
    void aServerOfAnEarlierReleaseSaysNothingOfVersions() {
        admin.on("GET /cluster", 200, StubAdmin.text("cluster-well.json").replace("\"versions\"", "\"other\""));
        assertThat(run("status").out()).doesNotContain("types ");
        assertThat(run("nodes").out()).doesNotContain("releases");
    }

    @Test
    void noLineOfProseIsWiderThanATerminal() {
        admin.on("GET /cluster", "cluster-troubled.json");
        assertThat(run("status").out().lines())
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
    }

    @Test
    void nodesThatAreNotWellComeFirst() {
        admin.on("GET /cluster", "cluster-troubled.json");
        var run = run("nodes");
        assertThat(run.exit()).isZero();
        assertThat(run.out().lines().toList().subList(0, 4))
                .satisfiesExactly(
                        head -> assertThat(head).startsWith("NODE     STATE"),
                        first -> assertThat(first).startsWith("7d0102   unreachable  127.0.0.1:7763  rack-3"),
                        second -> assertThat(second).startsWith("c3f01a*  up ").endsWith("2 h ago"),
                        third -> assertThat(third).startsWith("c3f01b   up "));
        assertThat(run.out())
                .contains(
                        "and 1 that left for good: --all",
                        "7d0102: The node 7d0102030405060a did not answer within 500 ms.",
                        "7d0102: 40 events of 2 shards wait for it, the oldest for 12 s. FINAL answers wait for",
                        "  next: Start the node again.",
                        "next: Look at its process")
                .doesNotContain("1111222233334444", "4 shards are being copied");
        assertThat(run("nodes", "--all").out()).contains("111122   gone");
    }

    @Test
    void aNodeTellsHowItSeesTheOthers() {
        admin.on("GET /cluster", "cluster-troubled.json").on("GET /peers/" + B, "peers.json");
        var run = run("nodes", "c3f01b");
        assertThat(run.out())
                .startsWith("As c3f01b sees the others:\n")
                .containsPattern("c3f01a +up +127.0.0.1:7761 +120 ms\n")
                .containsPattern("7d0102 +unreachable +127.0.0.1:7763 +12 s\n");
        assertThat(run("nodes", "127.0.0.1:7762")).isEqualTo(run);
    }

    @Test
    void shardsThatDoNotServeComeFirstTogetherWithThoseOfTheSameReasonAndWhatToDo() {
        admin.on("GET /shards?limit=1000", "shards-1.json").on("GET /shards?limit=1000&after=1", "shards-2.json");
        var run = run("shards", "--limit", "4");
        assertThat(run.exit()).isZero();
        assertThat(run.out())
                .startsWith("""
                        waiting: shards 1, 3
                          why:  It waits for 7d0102030405060a, which cannot be reached.
                          next: Wait 18 s, or eject the node.

                        no majority: shard 4
                        """)
                .containsPattern(" +1  waiting +3 +0  c3f01a c3f01b 7d0102! +12 +1234  7d0102 for 12 s\n")
                .containsSubsequence("  1  waiting", "  3  waiting", "  4  no majority", "  0  serving")
                .doesNotContain("  2  serving")
                .contains("and 1 more: --limit");
    }

    @Test
    void oneShardIsShownWithItsCopies() {
        admin.on("GET /shards/1", "shard.json");
        assertThat(run("shards", "1").out())
                .startsWith("waiting: shard 1\n")
                .containsPattern("7d0102030405060a +no +yes +12 s\n")
                .containsPattern(A + " +participating +3 +1234 +12 +0fa1 +0\n");
    }

    @Test
    void aShardThatIsNotThereIsAFailureInTheWordsOfTheServer() {
        var run = run("shards", "70000");
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).isEqualTo("legion shards: " + admin.url() + " answered 404: There is no such thing.\n");
    }

    @Test
    void theFilterAndThePageAreTheServers() {
        admin.on("GET /shards?limit=7&state=WAITING&after=41", 200, "{\"shards\":[],\"next\":null}");
        var run = run("shards", "--state", "waiting", "--after", "41", "--limit", "7", "--json");
        assertThat(run.exit()).isZero();
        assertThat(run.out()).isEqualTo("{\"shards\":[],\"next\":null}\n");
    }

    @Test
    void aPartitionIsShownWithItsStateAndStory() {
        admin.on("GET /partitions/registrations/ORDERS%2Fa1", "partition.json");
        var run = run("partition", "registrations", "ORDERS/a1");
        assertThat(run.exit()).isZero();
        assertThat(run.out())
                .startsWith("registrations ORDERS/a1: shard 7, as " + A + " knows it\n")
                .contains(
                        "tags:  app=ORDERS\n",
                        "state: 312 bytes\n",
                        "\"port\" : 8080",
                        "{\"renew\":\"a1\"}",
                        "and 4 more");
    }

    @Test
    void aKeyIsTypedAsItIsShown() {
        admin.on("GET /partitions/registrations/ORDERS%5Cx00a1", "partition.json");
        assertThat(run("partition", "registrations", "ORDERS\\x00a1").exit()).isZero();
    }

    @Test
    void keysAndTypesAreListed() {
        admin.on("GET /types", "types.json")
                .on("GET /partitions/registrations?limit=100&prefix=ORD&after=x%26y", "keys.json");
        assertThat(run("partition").out()).contains("registrations  yes\n", "counters       no\n");
        assertThat(run("partition", "registrations", "--prefix", "ORD", "--after", "x&y")
                        .out())
                .contains("ORDERS         7\n", "Keys younger than 5 s may be missing.", "--after 'T1JERVJT'");
    }

    @Test
    void theIndexIsSearchedFromATagOn() {
        admin.on("GET /index?type=t&after=due%5Cx002026-11&limit=100", "index.json");
        var run = run("search", "t", "due\\x002026-11");
        assertThat(run.exit()).isZero();
        assertThat(run.out())
                .contains("due\\x002026-11  a\n", "There may be more: 'due\\x002026-12' --after-key 'b'\n");
    }

    @Test
    void whatIsKeptAsideIsListedWithTheCommandThatDropsIt() {
        admin.on("GET /divergent?limit=100", "divergent.json");
        assertThat(run("salvage").out())
                .contains(
                        "stopped copy of shard 42 at " + B,
                        "./legion salvage drop 42 " + B,
                        "nothing: the node copies the shard anew.",
                        "overruled copy of shard 7 at 7d0102030405060a, lost with it:",
                        "77-1",
                        "and 2 more",
                        "requests that come back: 77-4, 77-5",
                        "answered FAST and not applied: 88-1 and 41 more\n",
                        "Not known of 7d0102030405060a",
                        "There is more: --after 'c3f01b0011223344.42'\n");
        admin.on("GET /divergent?limit=7&after=c3f01b0011223344.42", "divergent-none.json");
        assertThat(run("salvage", "--limit", "7", "--after", "c3f01b0011223344.42")
                        .out())
                .isEqualTo("No node that was asked keeps anything aside.\n");
    }

    /// A server of a later release has causes, states and fields that this command does not know: it says what
    /// they say.
    @Test
    void whatALaterServerCallsItIsShownInItsWords() {
        var node = "{\"node\":\"" + A
                + "\",\"address\":\"h:1\",\"status\":\"RESTING_NOW\",\"self\":true,\"reachable\":true,"
                + "\"known\":true,\"mood\":7,\"report\":{\"storeState\":\"DAMP\"}}";
        var problem = "{\"cause\":\"MOON_FULL\",\"severity\":\"GRAVE\",\"what\":\"The moon is full.\",\"next\":\"Wait a"
                + " night.\",\"nodes\":[],\"shards\":[],\"evidence\":[],\"phase\":{}}";
        var shard = "{\"shard\":3,\"state\":\"HALF_ASLEEP\",\"reason\":\"It is tired.\",\"next\":\"Let it rest.\","
                + "\"participants\":[],\"copies\":[{\"node\":\"" + A
                + "\",\"phase\":\"DREAMING\"}],\"foldWaits\":null}";
        admin.on(
                "GET /cluster",
                200,
                "{\"self\":\"" + A + "\",\"nodes\":[" + node + "],\"shards\":{\"HALF_ASLEEP\":1},\"problems\":["
                        + problem + "]}");
        admin.on("GET /shards/3", 200, shard);
        admin.on("GET /shards?limit=1000", 200, "{\"shards\":[" + shard + "],\"next\":null}");
        assertThat(run("status").exit()).isEqualTo(5);
        assertThat(run("status").out())
                .contains("GRAVE  The moon is full.", "next: Wait a night.", "1 resting now", "1 half asleep");
        assertThat(run("doctor").out()).contains("cause:    moon full");
        assertThat(run("nodes").out()).contains("resting now", "DAMP");
        assertThat(run("shards").out()).contains("half asleep: shard 3", "why:  It is tired.", "next: Let it rest.");
        assertThat(run("shards", "3").out()).contains("dreaming");
    }

    @ParameterizedTest
    @CsvSource({
        "status, GET /cluster, cluster-troubled.json, 5",
        "doctor, GET /cluster, cluster-troubled.json, 5",
        "status, GET /cluster, cluster-well.json, 0",
        "doctor, GET /cluster, cluster-well.json, 0",
        "nodes, GET /cluster, cluster-troubled.json, 0",
        "shards, GET /shards?limit=20, shards-1.json, 0",
        "shards 1, GET /shards/1, shard.json, 0",
        "partition, GET /types, types.json, 0",
        "partition t, GET /partitions/t?limit=100, keys.json, 0",
        "partition t k, GET /partitions/t/k, partition.json, 0",
        "search t x, GET /index?type=t&after=x&limit=100, index.json, 0",
        "salvage, GET /divergent?limit=100, divergent.json, 0",
    })
    void asJsonTheServersDocumentComesAsItIs(String command, String request, String resource, int exit) {
        admin.on(request, resource);
        var run = run((command + " --json").split(" "));
        assertThat(run.exit()).isEqualTo(exit);
        assertThat(run.out()).isEqualTo(StubAdmin.text(resource).strip() + "\n");
        assertThat(run.err()).isEmpty();
    }

    @Test
    void coloursAreForTerminalsOnly() {
        admin.on("GET /cluster", "cluster-troubled.json");
        var escape = "\u001b[";
        assertThat(run("status").out()).doesNotContain(escape);
        assertThat(run("status", "--color", "always").out()).contains(escape);
        assertThat(onATerminal(Map.of("TERM", "xterm"), "status")).contains(escape);
        assertThat(onATerminal(Map.of("TERM", "dumb"), "status")).doesNotContain(escape);
        assertThat(onATerminal(Map.of("NO_COLOR", "1"), "status")).doesNotContain(escape);
        assertThat(onATerminal(Map.of("TERM", "xterm"), "status", "--color", "never"))
                .doesNotContain(escape);
        assertThat(onATerminal(Map.of("TERM", "xterm"), "status", "--json")).doesNotContain(escape);
    }

    private String onATerminal(Map<String, String> environment, String... arguments) {
        return Run.of(true, "", environment, with(arguments)).out();
    }

    @Test
    void ofSeveralAddressesTheFirstThatAnswersIsAsked() throws Exception {
        admin.on("GET /cluster", "cluster-well.json");
        try (var hangs = RawServer.silent()) {
            var run = Run.of("status", "--timeout", "200ms", "--admin", hangs.url("http") + "," + admin.url());
            assertThat(run.exit()).isZero();
            assertThat(run.out()).contains("at " + admin.url());
        }
    }
}
