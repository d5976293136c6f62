package io.legion.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.operations.ShardReport.Phase;
import io.legion.operations.StoppedShard;
import io.legion.service.ByteSize;
import io.legion.service.FileLogger;
import io.legion.service.Logger.Priority;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ActsTest {
    @TempDir
    private Path directory;

    private final ScriptedCluster cluster = new ScriptedCluster(3, 4);
    private final TestAdmin admin = TestAdmin.open(cluster);

    @AfterEach
    void close() {
        admin.close();
    }

    private JsonNode done(String path, String body) {
        var reply = admin.order(path, body);
        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
        return new JsonMapper().readTree(reply.body());
    }

    private String refused(int status, String path, String body) {
        var reply = admin.order(path, body);
        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(status);
        assertThat(reply.headers().firstValue("Content-Type")).contains("application/problem+json");
        admin.logger.allow(Priority.WARNING, "was refused an order (" + status);
        assertThat(orders()).isEmpty();
        return new JsonMapper().readTree(reply.body()).get("detail").asString();
    }

    private List<String> orders() {
        return cluster.nodes().stream().flatMap(node -> node.orders.stream()).toList();
    }

    private String id(int node) {
        return cluster.node(node).id().toString();
    }

    @Test
    void aDryRunSaysWhatWouldHappenAndChangesNothing() {
        var outcome = done("/nodes/" + id(3) + "/eject?dryRun=true", "");
        assertThat(outcome.get("dryRun").asBoolean()).isTrue();
        assertThat(outcome.get("what").asString()).contains("4 shards").contains("let it leave instead");
        assertThat(orders()).isEmpty();
        assertThat(admin.logger.messages(Priority.INFO, "asked what would happen"))
                .hasSize(1);
    }

    @Test
    void anOrderIsCarriedOutAndLeavesALineInTheLog() {
        cluster.kill(3);
        var outcome = done("/nodes/" + id(3) + "/eject", "{}");
        assertThat(outcome.get("done").get(0).get("node").asString()).isEqualTo(id(3));
        assertThat(cluster.node(1).orders).containsExactly("eject " + id(3));
        assertThat(admin.logger.messages(
                        Priority.INFO, "127.0.0.1 (anonymous) ordered: POST /nodes/" + id(3) + "/eject"))
                .hasSize(1);
    }

    @Test
    void anOrderThatANodeMayHaveHeardLeavesALineInTheLogThoughNobodyAnswers() {
        cluster.node(2).silentToOrders = true;
        var reply = admin.order("/nodes/" + id(2) + "/leave", "");
        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(504);
        assertThat(reply.body()).contains("The order was sent, and may be carried out", "before you give it again");
        admin.logger.expect(
                Priority.WARNING,
                "127.0.0.1 (anonymous) gave an order that was sent and not answered, so its outcome is unknown"
                        + " (./legion status shows what is true now): POST /nodes/" + id(2) + "/leave");
    }

    @Test
    void ofAnOrderThatNoNodeBeganTheOutcomeIsKnown() {
        cluster.node(2).beginsNoOrder = true;
        assertThat(refused(409, "/nodes/" + id(2) + "/leave", ""))
                .contains("did not begin this one", "The order was not sent; nothing was changed.");
        admin.logger.expect(Priority.WARNING, "was refused an order (409): POST /nodes/" + id(2) + "/leave");
        assertThat(admin.logger.messages(Priority.WARNING, "unknown")).isEmpty();
    }

    @Test
    void versionsAreHeldReleasedAndRaisedOnAllNodes() {
        assertThat(done("/versions/raise?dryRun=true", "").get("what").asString())
                .contains("there is no way back");
        assertThat(orders()).isEmpty();
        for (var order : List.of("hold", "release", "raise")) {
            assertThat(done("/versions/" + order, "").get("done")).hasSize(3);
        }
        assertThat(cluster.node(3).orders)
                .containsExactly("steerVersions HOLD", "steerVersions RELEASE", "steerVersions RAISE");
        assertThat(refusedLater("/versions/lower")).isEqualTo(404);
    }

    private int refusedLater(String path) {
        return admin.order(path, "").statusCode();
    }

    @Test
    void ofAPartThatWasNotBegunTheOutcomeIsKnown() {
        cluster.node(2).beginsNoOrder = true;
        var paused = done("/rebalancing/pause", "");
        cluster.kill(3);
        for (var outcome : List.of(paused, done("/force", lost(3)))) {
            var part = outcome.get("refused").get(0);
            assertThat(part.get("node").asString()).isEqualTo(id(2));
            assertThat(part.get("reason").asString()).isEqualTo("NOT_ASKED");
            assertThat(part.get("what").asString())
                    .startsWith("The node was not asked, and nothing was changed there: ");
        }
        assertThat(admin.logger.messages(Priority.INFO, "(2 done, 1 refused)")).hasSize(1);
        assertThat(admin.logger.messages(Priority.INFO, "unknown")).isEmpty();
    }

    @Test
    void anEjectionThatLeavesNoMajoritySaysSo() {
        cluster.kill(2);
        cluster.kill(3);
        var outcome = done("/nodes/" + id(3) + "/eject?dryRun=true", "");
        assertThat(outcome.get("refused")).hasSize(4);
        assertThat(outcome.get("refused").get(0).get("reason").asString()).isEqualTo("NO_MAJORITY");
    }

    @Test
    void withoutTheHeaderAnOrderIsRefusedAndAudited() {
        for (var headers : new String[][] {{}, {"Legion-Act", "no"}, {"Legion-Act", "YES"}}) {
            var reply = admin.send("POST", "/rebalancing/pause", "", headers);
            assertThat(reply.statusCode()).isEqualTo(403);
        }
        assertThat(orders()).isEmpty();
        admin.logger.expect(Priority.WARNING, "was refused an order (403): POST /rebalancing/pause");
    }

    @Test
    void whatIsNoOrderIsRefusedWithAReason() {
        assertThat(refused(404, "/nodes/00000000000000ff/eject", "")).contains("has no node 00000000000000ff");
        assertThat(refused(409, "/nodes/" + id(1) + "/eject", "")).contains("cannot eject itself");
        assertThat(refused(400, "/nodes/" + id(2) + "/eject?dryRun=maybe", "")).contains("true or false");
        assertThat(refused(400, "/nodes/" + id(2) + "/eject?dry=true", "")).contains("no parameter \"dry\"");
        assertThat(refused(400, "/nodes/" + id(2) + "/eject", "{\"lost\":[]}")).contains("has no body");
        assertThat(refused(400, "/force", "")).contains("the body");
        assertThat(refused(400, "/force", "{\"lost\":[]}")).contains("must name the lost nodes");
        assertThat(refused(400, "/force", "{\"lost\":[\"" + id(2) + "\"],\"all\":true}"))
                .contains("the body");
        assertThat(refused(400, "/force", "[")).contains("the body");
        assertThat(refused(400, "/force", "null")).contains("not null");
        assertThat(refused(404, "/force", "{\"lost\":[\"x\"]}")).contains("has no node x");
        assertThat(refused(409, "/force", "{\"lost\":[\"" + id(1) + "\",\"" + id(2) + "\",\"" + id(3) + "\"]}"))
                .contains("no node would be left");
        assertThat(refused(400, "/clocks", "{\"acceptAheadMillis\":-1}")).contains("0 to");
        assertThat(refused(400, "/clocks", "{\"acceptAheadMillis\":99999999999999}"))
                .contains("365 days");
        assertThat(refused(400, "/clocks", "{\"acceptAheadMillis\":\"soon\"}")).contains("the body");
        assertThat(refused(400, "/loggers", "{\"threshold\":\"LOUD\"}")).contains("threshold must be one of [DEBUG");
        assertThat(refused(400, "/loggers", "{}")).contains("threshold must be one of");
        assertThat(refused(400, "/loggers", "{\"name\":\"io.legion\",\"level\":\"INFO\"}"))
                .contains("the body");
        assertThat(refused(404, "/shards/4/copies/" + id(2) + "/drop", "")).contains("numbers 0 to 3");
        assertThat(refused(409, "/shards/1/copies/" + id(2) + "/drop", "")).contains("keeps no stopped");
        cluster.node(2).stop(1, StoppedShard.Kind.RELEASE, "version 2 is needed", false);
        assertThat(refused(409, "/shards/1/copies/" + id(2) + "/drop", ""))
                .contains("nothing is wrong with the copy of shard 1", "Start a release there");
    }

    @Test
    void aNodeThatIsGoneCannotLeaveAndOneThatIsThereBegins() {
        cluster.kill(3);
        assertThat(refused(409, "/nodes/" + id(3) + "/leave", "")).contains("eject it");
        assertThat(done("/nodes/" + id(2) + "/leave", "").get("what").asString())
                .contains("hands its 4 shards over");
        assertThat(cluster.node(2).orders).containsExactly("leave");
    }

    @Test
    void forceIsAskedOfEachNodeThatIsLeft() {
        cluster.kill(3);
        var outcome = done("/force?dryRun=true", "{\"lost\":[\"" + id(3) + "\"]}");
        assertThat(outcome.get("done")).hasSize(2);
        assertThat(outcome.get("what").asString()).startsWith("It would begin 2 changes");
        assertThat(orders()).isEmpty();
        done("/force", "{\"lost\":[\"" + id(3) + "\"]}");
        assertThat(cluster.node(1).orders).containsExactly("force [" + id(3) + "]");
        assertThat(cluster.node(2).orders).containsExactly("force [" + id(3) + "]");
    }

    private String lost(int... numbers) {
        return IntStream.of(numbers).mapToObj(this::id).collect(Collectors.joining("\",\"", "{\"lost\":[\"", "\"]}"));
    }

    @Test
    void forceDeclaresNobodyLostWhoAnswers() {
        cluster.kill(3);
        for (var path : List.of("/force", "/force?dryRun=true")) {
            assertThat(refused(409, path, lost(2, 3)))
                    .contains("the node " + id(2) + " lives: it answers", "eject it", "nothing was changed")
                    .doesNotContain(id(3));
        }
    }

    @Test
    void forceDeclaresNobodyLostWhomTheClusterServiceReaches() {
        cluster.node(3).answers = false;
        assertThat(refused(409, "/force", lost(3))).contains("the cluster service reaches it");
    }

    @Test
    void forceDeclaresNobodyLostWhomAnotherNodeHears() {
        cluster.cut(cluster.node(1), cluster.node(3));
        assertThat(refused(409, "/force", lost(3))).contains(id(2) + " hears it", "mend the network");
        cluster.node(3).unheard = Duration.ofSeconds(5); // it stands still, and the cluster service has not noticed
        done("/force?dryRun=true", lost(3));
    }

    @Test
    void forceGoesOnWithoutANodeThatWentWithAnotherForcedChangeThoughItLives() {
        cluster.node(1).copy(0).countsInVainOn(cluster.node(3));
        assertThat(done("/force?dryRun=true", lost(3)).get("done")).hasSize(2);
    }

    @Test
    void anEjectionIsJudgedByWhatTheParticipantsReach() {
        cluster.cut(cluster.node(1), cluster.node(3));
        assertThat(done("/nodes/" + id(2) + "/eject?dryRun=true", "").get("refused"))
                .hasSize(4); // without 2, neither 1 nor 3 reaches a majority
        var five = new ScriptedCluster(5, 1);
        five.prefer(3, 4, 5);
        five.nodes().subList(0, 2).forEach(node -> node.shards.clear());
        five.nodes().subList(3, 5).forEach(node -> five.cut(five.node(1), node));
        try (var other = TestAdmin.open(five)) {
            var reply = other.order("/nodes/" + five.node(3).id() + "/eject?dryRun=true", "");
            assertThat(reply.body()).contains("\"refused\":[]");
        }
    }

    @Test
    void copiesThatStandAsideAreDropped() {
        cluster.node(2).copy(1).is(Phase.OVERRULED);
        assertThat(done("/shards/1/copies/" + id(2) + "/drop?dryRun=true", "")
                        .get("what")
                        .asString())
                .contains("its list of 0 events that are in no history, and 3 more that it never listed");
        assertThat(orders()).isEmpty();
        done("/shards/1/copies/" + id(2) + "/drop", "");
        cluster.node(3).stop(2, StoppedShard.Kind.DIVERGED, "it differs", true);
        done("/shards/2/copies/" + id(3) + "/drop", "");
        assertThat(orders()).containsExactly("dropOverruledCopy 1", "dropStoppedCopy 2");
    }

    @Test
    void anOverruledCopyStaysUntilItsListIsComplete() {
        cluster.node(2).copy(1).is(Phase.OVERRULED);
        cluster.node(2).listsAreComplete = false;
        for (var query : List.of("", "?dryRun=true")) {
            assertThat(refused(409, "/shards/1/copies/" + id(2) + "/drop" + query, ""))
                    .contains("does not know yet", "says that the list is complete");
        }
        admin.logger.expect(Priority.WARNING, "was refused an order (409, dry run)");
    }

    @Test
    void anOrderForAllNodesNamesThoseThatWereNotReached() {
        cluster.node(3).answers = false;
        var outcome = done("/rebalancing/pause", "");
        assertThat(outcome.get("done")).hasSize(2);
        assertThat(outcome.get("refused").get(0).get("node").asString()).isEqualTo(id(3));
        assertThat(orders()).containsExactly("pause", "pause");
        done("/rebalancing/resume", "");
        done("/clocks", "{\"acceptAheadMillis\":60000}");
        assertThat(cluster.node(2).orders).containsExactly("pause", "resume", "acceptClocksAhead PT1M");
    }

    @Test
    void theThresholdOfTheRealLogIsSet() throws IOException {
        var file = directory.resolve("log");
        var config = new FileLogger.Config(file, Priority.INFO, ByteSize.parse("64 KiB"), 0);
        try (var log = FileLogger.open(config, InstantSource.system());
                var quieter = TestAdmin.open(cluster, log.threshold())) {
            var http = log.named("http");
            var tried = quieter.order("/loggers?dryRun=true", "{\"threshold\":\"ERROR\"}");
            assertThat(tried.body()).contains("would keep ERROR", "in place of INFO");
            http.info("before");
            var reply = quieter.order("/loggers", "{\"threshold\":\"error\"}");
            assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
            http.warning("hidden");
            assertThat(quieter.order("/loggers", "{\"threshold\":\"DEBUG\"}").body())
                    .contains("in place of ERROR");
            http.debug("detail");
        }
        assertThat(file).content().contains("before", "detail").doesNotContain("hidden");
    }

    @Test
    void aThresholdThatTheProgramDoesNotGiveCannotBeSet() {
        assertThat(refused(501, "/loggers", "{\"threshold\":\"ERROR\"}"))
                .contains("gave its admin service nothing that sets the threshold", "nothing was changed");
    }

    @Test
    void ofAPartThatWasNotAnsweredTheLineSaysThatItsOutcomeIsUnknown() {
        cluster.node(2).silentToOrders = true;
        var outcome = done("/rebalancing/pause", "");
        assertThat(outcome.get("refused").get(0).get("what").asString())
                .startsWith("The outcome at this node is unknown: ")
                .contains("the node may carry it out, now or later");
        assertThat(admin.logger.messages(
                        Priority.INFO,
                        "(2 done, 1 refused, of which 1 did not answer: if the order reached them, its outcome is"
                                + " unknown)"))
                .hasSize(1);
    }

    @Test
    void anOrderThatTheGateRefusesIsAudited() {
        var reply = admin.send(
                "POST", "/rebalancing/pause?dryRun=true", "", "Legion-Act", "yes", "Origin", "http://evil.example");
        assertThat(reply.statusCode()).isEqualTo(403);
        assertThat(orders()).isEmpty();
        admin.logger.expect(
                Priority.WARNING,
                "127.0.0.1 (anonymous) was refused an order (403, dry run): POST /rebalancing/pause: a page of another"
                        + " site has sent this");
    }

    @Test
    void aDryRunSaysThatItIsNoPromise() {
        assertThat(done("/rebalancing/pause?dryRun=true", "").get("note").asString())
                .contains("no promise", "judged anew");
        assertThat(done("/rebalancing/pause", "").get("note").isNull()).isTrue();
    }

    @Test
    void anOrderIsNoGet() {
        HttpResponse<String> reply = admin.get("/rebalancing/pause", "Legion-Act", "yes");
        assertThat(reply.statusCode()).isEqualTo(405);
        assertThat(admin.send("OPTIONS", "/force", "", "Origin", "http://evil.example")
                        .statusCode())
                .isEqualTo(403);
        assertThat(orders()).isEmpty();
    }
}
