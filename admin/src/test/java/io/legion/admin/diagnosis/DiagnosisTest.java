package io.legion.admin.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.admin.ScriptedCluster;
import io.legion.admin.picture.EachNode;
import io.legion.admin.picture.Gatherer;
import io.legion.core.PartitionKey;
import io.legion.operations.MemberReport.Status;
import io.legion.operations.NodeReport.StoreReport;
import io.legion.operations.ShardReport.Phase;
import io.legion.operations.Troubles;
import io.legion.operations.Troubles.BusyPartition;
import io.legion.operations.Troubles.FailingEvent;
import io.legion.operations.Troubles.KeptOut;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Each fault by its signs, and by no other's name.
class DiagnosisTest extends Diagnosed {
    DiagnosisTest() {
        super(3);
    }

    @Test
    void aHealthyClusterHasNoProblem() {
        assertThat(found()).isEmpty();
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
        cluster.node(2).refusedHere = 5;
        assertThat(found()).isEmpty(); // who knows when that was
        pass(2);
        cluster.node(2).refusedHere = 105;
        assertThat(only(Cause.OVERLOADED).evidence().getFirst())
                .startsWith("It refused 100 requests within the last 2 s");
        pass(60);
        assertThat(found()).isEmpty();
    }

    @Test
    void howLongAgoRequestsWereRefusedIsNoQuestionOfTheClock() {
        found();
        pass(2);
        now = now.plusSeconds(60); // the clock is set forward
        cluster.node(2).refusedHere = 100;
        assertThat(only(Cause.OVERLOADED).evidence().getFirst())
                .startsWith("It refused 100 requests within the last 2 s");
        now = now.minusSeconds(120);
        pass(60);
        assertThat(found()).isEmpty();
    }

    /// A shard whose events do not fold refuses requests too, and so does a copy that has just started.
    @Test
    void whatAShardRefusesIsNoOverloadAndExplainsNothing() {
        found();
        pass(2);
        cluster.node(2).refused = 100;
        assertThat(found()).isEmpty();
        cluster.node(1).copy(1).waitsFor(cluster.node(2), Duration.ofSeconds(20));
        only(Cause.FOLDING_WAITS);
    }

    @Test
    void aRestartedNodeThatCountsAnewIsNotOverloaded() {
        cluster.node(2).refusedHere = 500;
        found();
        pass(2);
        cluster.node(2).refusedHere = 0;
        cluster.node(2).started = now.minusSeconds(90);
        assertThat(found()).isEmpty();
    }

    @Test
    void aPartitionThatGetsMostRequestsIsHot() {
        var hot = new BusyPartition("account", PartitionKey.of("alice"), 3, 300);
        var other = new BusyPartition("account", PartitionKey.of("bob"), 2, 50);
        cluster.prefer(3, 1, 2);
        troubles(1, List.of(), List.of(hot, other), 500);
        troubles(2, List.of(), List.of(), 50);
        var problem = only(Cause.HOT_PARTITION);
        assertThat(problem.what()).contains("alice").contains("54 % of all events of the cluster");
        assertThat(problem.evidence().getFirst()).contains("300 of 550 sampled events", "Samples count no reads");
        assertThat(problem.shards()).containsExactly(3);
        assertThat(problem.nodes()).containsExactly(cluster.node(3).id());
        assertThat(problem.what()).contains(cluster.node(3).id().toString()).contains("its shard, 3,");
    }

    @Test
    void aBusyPartitionAmongFewRequestsOrManyOthersIsNotHot() {
        var busy = new BusyPartition("account", PartitionKey.of("alice"), 3, 499);
        troubles(1, List.of(), List.of(busy), 499);
        assertThat(found()).isEmpty();
        troubles(1, List.of(), List.of(busy), 1_000);
        assertThat(found()).isEmpty();
    }

    @Test
    void aPartitionForWhichManyRequestsWaitIsHotThoughTheyAreFew() {
        cluster.prefer(3, 1, 2);
        cluster.node(3).waiting = 100;
        troubles(1, List.of(), List.of(new BusyPartition("account", PartitionKey.of("alice"), 3, 50)), 50);
        only(Cause.HOT_PARTITION);
        troubles(1, List.of(), List.of(new BusyPartition("account", PartitionKey.of("alice"), 3, 49)), 49);
        assertThat(found()).isEmpty();
        cluster.node(3).waiting = 99;
        troubles(1, List.of(), List.of(new BusyPartition("account", PartitionKey.of("alice"), 3, 50)), 50);
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
    void manyEventsThatFailAreOneProblem() {
        var failing = IntStream.range(0, 40)
                .mapToObj(number -> new FailingEvent("account", "Event" + number, 1, "broken", Duration.ZERO))
                .toList();
        troubles(1, failing, List.of(), 0);
        var problem = only(Cause.EVENT_FAILS);
        assertThat(problem.what()).startsWith("40 events fail: ").contains(" and 35 more.");
        assertThat(problem.evidence()).hasSize(12);
    }

    @Test
    void whatIsLeftOfChangesIsListed() {
        cluster.node(2).copy(0).hasSalvage(4);
        assertThat(only(Cause.SALVAGE).what()).contains("accepted before the others removed it, 4 requests:");
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
        cluster.node(2).uptime = Duration.ofSeconds(5);
        assertThat(only(Cause.NODE_STARTING).next()).contains("rolling restart");
        cluster.nodes().forEach(node -> node.uptime = Duration.ofSeconds(5));
        assertThat(found()).isEmpty();
    }

    @Test
    void aNodeIsNoYoungerBecauseItsMachineHasAnotherTime() {
        cluster.node(2).started = now.plusSeconds(300);
        assertThat(found()).isEmpty();
    }

    @Test
    void nodesThatWereStartedTogetherDoNotStartOnceMoreWhenTheFirstIsAMinuteOld() {
        cluster.node(1).uptime = Duration.ofSeconds(61);
        cluster.node(2).uptime = Duration.ofSeconds(58);
        cluster.node(3).uptime = Duration.ofSeconds(55);
        assertThat(found()).isEmpty();
    }

    @Test
    void whoIsDeadNeitherJoinsNorLeaves() {
        cluster.node(2).status = Status.JOINING;
        cluster.node(3).status = Status.LEAVING;
        cluster.kill(2);
        cluster.kill(3);
        assertThat(found())
                .extracting(Problem::cause)
                .containsExactly(Cause.NODE_UNREACHABLE, Cause.NODE_UNREACHABLE, Cause.MAJORITY_LOST);
    }

    @Test
    void nodesThatComeAndGoAreNoFaults() {
        cluster.node(2).status = Status.LEAVING;
        assertThat(only(Cause.NODE_LEAVING).what()).contains("it still has 4.");
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

    @Test
    void eventsThatWaitForWhatIsWrongAnywayAreNoProblemOfTheirOwn() {
        cluster.node(1).copy(1).waitsFor(cluster.node(2), Duration.ofSeconds(20));
        cluster.node(2).uptime = Duration.ofSeconds(5);
        only(Cause.NODE_STARTING);
    }

    @Test
    void theWorstComesFirstAndEachCauseOnceForANode() {
        cluster.node(3).store = new StoreReport(StoreReport.State.FULL, "no room");
        cluster.node(2).store = new StoreReport(StoreReport.State.FULL, "no room");
        cluster.node(1).rebalancingPaused = true;
        cluster.node(1).clockOffset = Optional.of(Duration.ofMinutes(5));
        var found = found();
        assertThat(found)
                .extracting(Problem::cause)
                .containsExactly(Cause.STORE_FULL, Cause.STORE_FULL, Cause.CLOCK_WRONG, Cause.REBALANCING_PAUSED);
        assertThat(found.stream().limit(2).flatMap(problem -> problem.nodes().stream()))
                .containsExactly(cluster.node(2).id(), cluster.node(3).id());
    }

    @Test
    void howManyProblemsThereAreIsBounded() {
        var large = new ScriptedCluster(150, 1);
        large.nodes().forEach(node -> node.store = new StoreReport(StoreReport.State.FAILED, "an I/O error"));
        large.node(1).rebalancingPaused = true;
        var found =
                Diagnosis.of(new Gatherer(new EachNode(large.operations(), Duration.ofSeconds(1)), () -> now).gather());
        assertThat(found).hasSize(Diagnosis.MOST).allMatch(problem -> problem.cause() == Cause.STORE_FAILED);
    }
}
