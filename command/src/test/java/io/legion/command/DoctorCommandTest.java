package io.legion.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What the doctor finds: in the picture of the server, between pictures, and by itself where there is none.
class DoctorCommandTest {
    private static String closedPort() throws Exception {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return "http://127.0.0.1:" + socket.getLocalPort();
        }
    }

    @Test
    void itTellsEachProblemWithCauseEvidenceAndNextStep() {
        try (var admin = StubAdmin.open().on("GET /cluster", "cluster-troubled.json")) {
            var run = Run.of("doctor", "--admin", admin.url());
            assertThat(run.exit()).isEqualTo(5);
            assertThat(run.out()).startsWith("""
                            CRITICAL  The node 7d0102030405060a cannot be reached by any other node; its shards are served by
                                      the others.
                              cause:    node unreachable
                              since:    12 s ago
                              nodes:    7d0102
                              shards:   7, 8, 9 and 82 more
                              evidence: c3f01a2b3c4d5e6f has not heard of it for 12 s
                                        c3f01b0011223344 has not heard of it for 11 s
                              next:     Look at its process and its machine. If it will not come back: ./legion eject 7d0102

                            WARNING  4 shards are being copied to other nodes.
                            """);
        }
    }

    @Test
    void itSaysThatAllIsWell() {
        try (var admin = StubAdmin.open().on("GET /cluster", "cluster-well.json")) {
            var run = Run.of("doctor", "--admin", admin.url());
            assertThat(run.exit()).isZero();
            assertThat(run.out()).isEqualTo("Cluster demo is well, as 1 node of it says.\n");
        }
    }

    @Test
    void whatSeveralNodesSayIsSaidOfSeveral() {
        try (var one = StubAdmin.open().on("GET /cluster", "cluster-well.json");
                var two = StubAdmin.open().on("GET /cluster", "cluster-well.json");
                var three = StubAdmin.open().on("GET /cluster", "cluster-troubled.json");
                var four = StubAdmin.open().on("GET /cluster", "cluster-troubled.json")) {
            assertThat(Run.of("doctor", "--admin", one.url() + "," + two.url()).out())
                    .isEqualTo("Cluster demo is well, as 2 nodes of it say.\n");
            var servers = String.join(",", one.url(), three.url(), four.url());
            assertThat(Run.of("doctor", "--admin", servers).out().replaceAll("\\s+", " "))
                    .contains("Only " + three.url() + " and " + four.url() + " say: The node")
                    .contains("(as " + three.url() + " and " + four.url() + " say)");
        }
    }

    @Test
    void nobodyListens() throws Exception {
        var run = Run.of("doctor", "--admin", closedPort());
        assertThat(run.exit()).isEqualTo(3);
        assertThat(run.out())
                .startsWith("NO PICTURE  Nobody listens at http://127.0.0.1:")
                .contains("next: Look at");
        assertThat(Run.of("status", "--admin", closedPort()).err()).contains("nobody listens there", "./legion doctor");
    }

    @Test
    void aHostThatDoesNotExist() {
        var run = Run.of("doctor", "--admin", "http://nowhere.invalid:9761");
        assertThat(run.exit()).isEqualTo(3);
        assertThat(run.out()).contains("There is no host \"nowhere.invalid\"");
        assertThat(Run.of("status", "--admin", "http://nowhere.invalid:9761").err())
                .contains("there is no host");
    }

    @Test
    void aPausedProcessIsToldApartFromOneThatIsGoneAndNothingTakesTenSeconds() throws Exception {
        try (var paused = RawServer.silent()) {
            long begin = System.nanoTime();
            var run = Run.of("doctor", "--admin", paused.url("http") + "," + paused.url("https"));
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
            assertThat(run.exit()).isEqualTo(3);
            assertThat(run.out().replaceAll("\\s+", " "))
                    .contains(
                            paused.url("http") + " takes connections and then says nothing",
                            paused.url("https") + " takes connections and then says nothing",
                            "kill -CONT");
        }
    }

    @Test
    void aPortThatSpeaksSomethingElse() throws Exception {
        try (var ssh = RawServer.open(connection -> {
            connection.getOutputStream().write("SSH-2.0-x\r\n".getBytes(StandardCharsets.US_ASCII));
            connection.close();
        })) {
            assertThat(Run.of("doctor", "--admin", ssh.url("http")).out()).contains("who does not speak HTTP");
        }
    }

    @Test
    void aServerThatIsTooSlowIsThereAllTheSame() throws Exception {
        try (var slow = RawServer.open(connection -> {
            var asked = new String(connection.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
            if (asked.startsWith("GET /health")) {
                connection
                        .getOutputStream()
                        .write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            }
        })) {
            var run = Run.of("doctor", "--timeout", "300ms", "--admin", slow.url("http"));
            assertThat(run.exit()).isEqualTo(3);
            assertThat(run.out()).contains("speaks HTTP, and yet gave no picture");
        }
    }

    @Test
    void oneThatAnswersIsEnoughAndTheOtherIsExplained() throws Exception {
        try (var admin = StubAdmin.open().on("GET /cluster", "cluster-well.json")) {
            var run = Run.of("doctor", "--admin", closedPort() + "," + admin.url());
            assertThat(run.exit()).isEqualTo(5);
            assertThat(run.out()).startsWith("NO PICTURE  Nobody listens").doesNotContain("is well");
            var json = Run.of("doctor", "--json", "--admin", closedPort() + "," + admin.url());
            assertThat(json.exit()).isEqualTo(5);
            assertThat(json.out()).isEqualTo(StubAdmin.text("cluster-well.json").strip() + "\n");
        }
    }

    /// It sees nothing of its cluster, and a problem says why: the network is well.
    @Test
    void thePictureOfANodeThatIsKeptOutIsNotCompared() {
        var keptOut = StubAdmin.text("cluster-well.json")
                .replace("\"self\":\"c3f01a2b3c4d5e6f\"", "\"self\":\"7d0102030405060a\"")
                .replace("\"problems\":[]", """
                        "problems":[{"cause":"RELEASE_UNFIT","severity":"CRITICAL","what":"It is kept out.","next":"Start another.",
                        "since":null,"nodes":["7d0102030405060a"],"shards":[],"more":0,"evidence":[]}]""");
        try (var one = StubAdmin.open().on("GET /cluster", "cluster-well.json");
                var two = StubAdmin.open().on("GET /cluster", 200, keptOut)) {
            var run = Run.of("doctor", "--admin", one.url() + "," + two.url());
            assertThat(run.exit()).isEqualTo(5);
            assertThat(run.out()).contains("It is kept out.").doesNotContain("do not see the same");
        }
    }

    @Test
    void itSaysWherePicturesDiffer() {
        try (var one = StubAdmin.open().on("GET /cluster", "cluster-well.json");
                var two = StubAdmin.open().on("GET /cluster", "cluster-troubled.json")) {
            var run = Run.of("doctor", "--admin", one.url() + "," + two.url());
            assertThat(run.exit()).isEqualTo(5);
            assertThat(run.out().replaceAll("\\s+", " "))
                    .contains(
                            "CRITICAL The node 7d0102030405060a",
                            "The nodes that were asked do not see the same:",
                            "Only " + two.url() + " says: The node 7d0102030405060a cannot be reached",
                            "The node 7d0102030405060a is unreachable (as " + two.url() + " says), up (as " + one.url()
                                    + " says).");
            assertThat(Run.of("doctor", "--json", "--admin", one.url() + "," + two.url())
                            .exit())
                    .isEqualTo(5);
        }
    }

    @Test
    void picturesThatDifferAreAProblemEvenIfEachIsWell() {
        var moved = StubAdmin.text("cluster-well.json").replace("\"reachable\":true", "\"reachable\":false");
        assertThat(moved).contains("false");
        try (var one = StubAdmin.open().on("GET /cluster", "cluster-well.json");
                var two = StubAdmin.open().on("GET /cluster", 200, moved)) {
            for (var command : List.of("doctor", "doctor --json")) {
                var line = command + " --admin " + one.url() + "," + two.url();
                assertThat(Run.of(line.split(" ")).exit()).isEqualTo(5);
            }
        }
    }

    @Test
    void theStepsOfALookFitIntoItsTime() {
        var steps = Look.STEP.multipliedBy(4);
        assertThat(Look.PATIENCE.plus(steps).plusSeconds(1)).isLessThan(Look.LONGEST);
    }

    @Test
    void addressesOfDifferentClustersAreNamed() {
        try (var one = StubAdmin.open().on("GET /cluster", "cluster-well.json");
                var two = StubAdmin.open()
                        .on(
                                "GET /cluster",
                                200,
                                StubAdmin.text("cluster-well.json").replace("0b5ee4a1", "99999999"))) {
            var run = Run.of("doctor", "--admin", one.url() + "," + two.url());
            assertThat(run.exit()).isEqualTo(5);
            assertThat(run.out()).contains("These addresses belong to different clusters");
        }
    }
}
