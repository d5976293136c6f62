package io.legion.admin.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.admin.ScriptedCluster;
import io.legion.admin.picture.EachNode;
import io.legion.admin.picture.Gatherer;
import io.legion.core.PartitionKey;
import io.legion.operations.MemberReport.Status;
import io.legion.operations.NodeReport.StoreReport;
import io.legion.operations.ShardReport.Phase;
import io.legion.operations.ShardReport.Silence;
import io.legion.operations.StoppedShard;
import io.legion.operations.Troubles;
import io.legion.operations.Troubles.BusyPartition;
import io.legion.operations.Troubles.FailingEvent;
import io.legion.operations.Troubles.KeptOut;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Each fault by its signs, and by no other's name.
class DiagnosisTest {
    private final ScriptedCluster cluster = new ScriptedCluster(3, 4);
    private Instant now = ScriptedCluster.NOW;
    private final Gatherer gatherer =
            new Gatherer(new EachNode(cluster.operations(), Duration.ofSeconds(1)), () -> now);

    private List<Problem> found() {
        return Diagnosis.of(gatherer.gather());
    }

    private Problem only(Cause cause) {
        var found = found();
        assertThat(found).extracting(Problem::cause).containsExactly(cause);
        var problem = found.getFirst();
        assertThat(problem.what()).endsWith(".");
        assertThat(problem.next()).isNotBlank();
        return problem;
    }

    @Test
    void aHealthyClusterHasNoProblem() {
        assertThat(found()).isEmpty();
    }

    @Test
    void aNodeThatNobodyReachesIsUnreachable() {
        cluster.kill(3);
        var problem = only(Cause.NODE_UNREACHABLE);
        assertThat(problem.nodes()).containsExactly(cluster.node(3).id());
        assertThat(problem.shards()).containsExactly(0, 1, 2, 3);
        assertThat(problem.next()).contains("./legion eject " + cluster.node(3).id());
        assertThat(problem.evidence()).hasSize(2).allMatch(sign -> sign.contains("last heard of it 60 s ago"));
    }

    @Test
    void aProcessThatIsGoneIsToldFromOneThatStandsStill() throws Exception {
        cluster.kill(3);
        try (var port = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            cluster.node(3).address = "127.0.0.1:" + port.getLocalPort();
            assertThat(after("stands still").what()).contains("stands still");
        }
    }

    @Test
    void aProcessWhosePortRefusesIsGone() throws Exception {
        cluster.node(3).address = "127.0.0.1:" + closedPort();
        cluster.kill(3);
        assertThat(after("nothing listens").next()).startsWith("Start it again");
    }

    private static int closedPort() throws IOException {
        try (var port = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return port.getLocalPort();
        }
    }

    /// The first look at an address is behind the picture that asks for it.
    private Problem after(String words) {
        var problem = only(Cause.NODE_UNREACHABLE);
        while (!problem.what().contains(words)) {
            Thread.onSpinWait(); // the test's own time limit ends it
            problem = only(Cause.NODE_UNREACHABLE);
        }
        return problem;
    }

    @Test
    void aNodeThatCanBeReachedAndDoesNotAnswerIsUnreachable() {
        cluster.node(2).answers = false;
        assertThat(only(Cause.NODE_UNREACHABLE).what()).contains("can be reached, and gave no answer");
    }

    @Test
    void aCutBetweenTwoThatAThirdOneReachesIsOneSided() {
        cluster.cut(cluster.node(2), cluster.node(3));
        var found = found();
        assertThat(found).extracting(Problem::cause).containsOnly(Cause.CUT_OFF_ONE_SIDED);
        assertThat(found.getFirst().nodes())
                .containsExactly(cluster.node(2).id(), cluster.node(3).id());
        assertThat(found.getFirst().next()).contains("Eject none");
    }

    @Test
    void aCutBetweenTheOneThatLooksAndAnotherIsOneSidedToo() {
        cluster.cut(cluster.node(1), cluster.node(3));
        assertThat(found()).extracting(Problem::cause).containsOnly(Cause.CUT_OFF_ONE_SIDED);
    }

    @Test
    void withTwoOfThreeGoneTheMajorityIsLost() {
        cluster.kill(2);
        cluster.kill(3);
        var found = found();
        assertThat(found)
                .extracting(Problem::cause)
                .containsExactly(Cause.NODE_UNREACHABLE, Cause.NODE_UNREACHABLE, Cause.MAJORITY_LOST);
        assertThat(found.getLast().shards()).containsExactly(0, 1, 2, 3);
        assertThat(found.getLast().next()).contains("force --dry-run");
        assertThat(found.getFirst().what()).contains("it may be the one that is cut off");
    }

    @Test
    void aFullStoreIsNoFailedOne() {
        cluster.node(2).store = new StoreReport(StoreReport.State.FULL, "no room for 5 MiB");
        cluster.node(2).stop(1, StoppedShard.Kind.STORE_FULL, "the store is full: no room", false);
        var problem = only(Cause.STORE_FULL);
        assertThat(problem.evidence()).containsExactly("no room for 5 MiB");
        assertThat(problem.shards()).containsExactly(1);
    }

    @Test
    void aStoreThatTakesNoWritesHasFailed() {
        cluster.node(2).store = new StoreReport(StoreReport.State.FAILED, "an I/O error");
        cluster.node(2).stop(1, StoppedShard.Kind.STORE_FAILED, "the store failed: an I/O error", false);
        only(Cause.STORE_FAILED);
    }

    @Test
    void aShardThatCannotBeReadMeansADamagedStore() {
        cluster.node(2).stop(1, StoppedShard.Kind.UNREADABLE, "it could not be opened: a block is damaged", true);
        assertThat(only(Cause.STORE_DAMAGED).next()).contains("./legion salvage");
    }

    @Test
    void aClockThatIsFiveMinutesAheadIsWrong() {
        cluster.node(2).clockOffset = Optional.of(Duration.ofMinutes(5));
        cluster.node(2).silence =
                Optional.of(new Silence(Silence.Kind.CLOCK, "its clock is ahead", Duration.ofSeconds(10)));
        cluster.node(2).copy(0).is(Phase.PARTICIPATING);
        assertThat(only(Cause.CLOCK_WRONG).what()).contains("5 min ahead of").contains("accepts no requests");
    }

    @Test
    void aClockThatIsBehindIsWrongToo() {
        cluster.node(2).clockOffset = Optional.of(Duration.ofMinutes(-5));
        assertThat(only(Cause.CLOCK_WRONG).what()).contains("5 min behind");
    }

    @Test
    void aCertificateThatIsRefusedNowIsNamedAndAnOldOneIsNot() {
        troubles(2, List.of(), List.of(), 0, new KeptOut(true, "A connection from 10.0.0.9", 7, Duration.ofSeconds(2)));
        assertThat(only(Cause.CERTIFICATE_REFUSED).evidence()).containsExactly("A connection from 10.0.0.9 (7 times)");
        troubles(2, List.of(), List.of(), 0, new KeptOut(true, "A connection from 10.0.0.9", 7, Duration.ofMinutes(2)));
        assertThat(found()).isEmpty();
        troubles(2, List.of(), List.of(), 0, new KeptOut(false, "another cluster", 7, Duration.ofSeconds(2)));
        assertThat(found()).isEmpty();
    }

    private void troubles(
            int node, List<FailingEvent> events, List<BusyPartition> busiest, long sampled, KeptOut... keptOut) {
        cluster.node(node).troubles = new Troubles(events, busiest, sampled, List.of(keptOut));
    }

    @Test
    void requestsThatAreRefusedNowMeanOverload() {
        cluster.node(2).refused = 5;
        assertThat(found()).isEmpty(); // who knows when that was
        now = now.plusSeconds(2);
        cluster.node(2).refused = 105;
        assertThat(only(Cause.OVERLOADED).evidence().getFirst())
                .startsWith("100 requests were refused within the last 2 s");
        now = now.plusSeconds(60);
        assertThat(found()).isEmpty();
    }

    @Test
    void aRestartedNodeThatCountsAnewIsNotOverloaded() {
        cluster.node(2).refused = 500;
        found();
        now = now.plusSeconds(2);
        cluster.node(2).refused = 0;
        cluster.node(2).started = now.minusSeconds(90);
        assertThat(found()).isEmpty();
    }

    @Test
    void aPartitionThatGetsMostRequestsIsHot() {
        var hot = new BusyPartition("account", PartitionKey.of("alice"), 3, 60);
        var other = new BusyPartition("account", PartitionKey.of("bob"), 2, 10);
        troubles(1, List.of(), List.of(hot, other), 100);
        troubles(2, List.of(), List.of(), 10);
        var problem = only(Cause.HOT_PARTITION);
        assertThat(problem.what()).contains("alice").contains("54 %");
        assertThat(problem.shards()).containsExactly(3);
    }

    @Test
    void aBusyPartitionAmongFewRequestsOrManyOthersIsNotHot() {
        var busy = new BusyPartition("account", PartitionKey.of("alice"), 3, 40);
        troubles(1, List.of(), List.of(busy), 40);
        assertThat(found()).isEmpty();
        troubles(1, List.of(), List.of(busy), 100);
        assertThat(found()).isEmpty();
    }

    @Test
    void anEventWhoseApplyThrowsIsNamedWithItsMessage() {
        troubles(
                1,
                List.of(new FailingEvent(
                        "account", "Deposit", 3, "java.lang.ArithmeticException: overflow", Duration.ZERO)),
                List.of(),
                0);
        troubles(
                2,
                List.of(new FailingEvent(
                        "account", "Deposit", 4, "java.lang.ArithmeticException: overflow", Duration.ZERO)),
                List.of(),
                0);
        var problem = only(Cause.EVENT_FAILS);
        assertThat(problem.what()).contains("Deposit").contains("7 times");
        assertThat(problem.evidence()).hasSize(2).allMatch(sign -> sign.contains("overflow"));
    }

    @Test
    void aCopyThatDivergedMeansAnImpureApply() {
        cluster.node(3).copy(2).is(Phase.DIVERGED);
        cluster.node(3)
                .stopped
                .add(new StoppedShard(cluster.node(3).id(), 2, StoppedShard.Kind.DIVERGED, "it differs", true));
        var problem = only(Cause.DIVERGENT);
        assertThat(problem.nodes()).containsExactly(cluster.node(3).id());
        assertThat(problem.shards()).containsExactly(2);
    }

    @Test
    void whatIsLeftOfChangesIsListed() {
        cluster.node(2).copy(0).hasSalvage(4);
        assertThat(only(Cause.SALVAGE).what()).startsWith("4 requests");
        cluster.node(2).copy(0).is(Phase.OVERRULED);
        only(Cause.OVERRULED_COPY);
        cluster.node(2).copy(0).is(Phase.OLD_COPY);
        only(Cause.OLD_COPY);
        cluster.node(2).copy(0).is(Phase.PARTICIPATING);
        cluster.node(2).lostRequests = 2;
        only(Cause.LOST_REQUESTS);
    }

    @Test
    void aNodeThatStartedWhileOthersWereThereIsStarting() {
        cluster.node(2).started = now.minusSeconds(5);
        assertThat(only(Cause.NODE_STARTING).next()).contains("rolling restart");
        cluster.nodes().forEach(node -> node.started = now.minusSeconds(5));
        assertThat(found()).isEmpty();
    }

    @Test
    void nodesThatComeAndGoAreNoFaults() {
        cluster.node(2).status = Status.LEAVING;
        assertThat(only(Cause.NODE_LEAVING).what()).contains("4 are left");
        cluster.node(2).status = Status.GONE;
        assertThat(found()).isEmpty();
    }

    @Test
    void changesUnderWayAreNamed() {
        cluster.node(2).copy(0).is(Phase.COPYING);
        assertThat(only(Cause.COPYING).shards()).containsExactly(0);
        cluster.node(2).copy(0).is(Phase.PARTICIPATING);
        cluster.node(2).rebalancingPaused = true;
        only(Cause.REBALANCING_PAUSED);
        cluster.node(2).rebalancingPaused = false;
        cluster.node(2).release = "1.1";
        assertThat(only(Cause.VERSIONS_DIFFER).evidence()).hasSize(2);
    }

    @Test
    void requestsThatAreForgottenEarlyAreNamed() {
        cluster.node(2).forgottenEarly = 3;
        cluster.node(2).copy(1).is(Phase.PARTICIPATING);
        assertThat(only(Cause.REQUESTS_FORGOTTEN_EARLY).shards()).containsExactly(1);
    }

    @Test
    void eventsThatDoNotFoldThoughAllIsWellAreNamed() {
        cluster.node(1).copy(1).waitsFor(cluster.node(2), Duration.ofSeconds(20));
        assertThat(only(Cause.FOLDING_WAITS).evidence().getFirst()).contains("20 s");
    }
}
