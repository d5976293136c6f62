package io.legion.admin.picture;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.admin.ScriptedCluster;
import io.legion.operations.NodeReport.StoreReport;
import io.legion.operations.ShardReport.Phase;
import io.legion.operations.ShardReport.Silence;
import io.legion.operations.StoppedShard;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ShardJudgeTest {
    private final ScriptedCluster cluster = new ScriptedCluster(3, 2);
    private final Gatherer gatherer =
            new Gatherer(new EachNode(cluster.operations(), Duration.ofSeconds(1)), () -> ScriptedCluster.NOW);

    private ShardPicture shard() {
        return gatherer.gather().shards().getFirst();
    }

    private void isNow(ShardState state, String reason) {
        var shard = shard();
        assertThat(shard.state()).isEqualTo(state);
        assertThat(shard.reason()).contains(reason);
        assertThat(shard.next().isBlank()).as("a next step").isEqualTo(state == ShardState.SERVING);
    }

    @Test
    void aShardWithAllItsCopiesServes() {
        isNow(ShardState.SERVING, "");
    }

    @Test
    void whileOneParticipantIsGoneFinalWaitsForIt() {
        cluster.kill(3);
        isNow(ShardState.WAITING, "FINAL answers wait for " + cluster.node(3).id());
    }

    @Test
    void withoutAMajorityOnlyFastIsAnswered() {
        cluster.kill(2);
        cluster.kill(3);
        isNow(ShardState.NO_MAJORITY, "FAST only");
    }

    @Test
    void halfOfTheParticipantsIsNoMajority() {
        var four = new ScriptedCluster(4, 1);
        four.kill(3);
        four.kill(4);
        assertThat(onlyShardOf(four).state()).isEqualTo(ShardState.NO_MAJORITY);
    }

    private static ShardPicture onlyShardOf(ScriptedCluster other) {
        return new Gatherer(new EachNode(other.operations(), Duration.ofSeconds(1)), () -> ScriptedCluster.NOW)
                .gather()
                .shards()
                .getFirst();
    }

    /// Of five nodes, these take part in the only shard, and none of the others knows of it.
    private static ScriptedCluster five(int... participants) {
        var five = new ScriptedCluster(5, 1);
        five.prefer(participants);
        five.nodes().stream()
                .filter(node -> IntStream.of(participants).noneMatch(number -> five.node(number) == node))
                .forEach(node -> node.shards.clear());
        return five;
    }

    private static void cutFromTheFirst(ScriptedCluster cluster, int... numbers) {
        IntStream.of(numbers).forEach(number -> cluster.cut(cluster.node(1), cluster.node(number)));
    }

    @Test
    void aShardWhoseParticipantsReachEachOtherServesThoughWhoLooksDoesNotReachThem() {
        var five = five(3, 4, 5);
        cutFromTheFirst(five, 4, 5);
        var shard = onlyShardOf(five);
        assertThat(shard.state()).isEqualTo(ShardState.SERVING);
        assertThat(shard.unreachable()).isEmpty();
        assertThat(shard.preferred()).contains(five.node(3).id());
    }

    @Test
    void aShardWhosePreferredParticipantOnlyTheOthersReachIsNotKnown() {
        var five = five(4, 3, 5);
        cutFromTheFirst(five, 4, 5);
        var shard = onlyShardOf(five);
        assertThat(shard.state()).isEqualTo(ShardState.NOT_KNOWN);
        assertThat(shard.preferred()).contains(five.node(4).id());
        assertThat(shard.reason()).contains(five.node(4).id() + ", which should serve it, does not answer");
    }

    @Test
    void aShardWithoutAParticipantThatCouldBeAskedIsNotKnownWhileAnotherNodeReachesThem() {
        var five = five(3, 4, 5);
        five.node(2).copy(0).is(Phase.PARTICIPATING); // it has not heard that it was removed
        cutFromTheFirst(five, 3, 4, 5);
        assertThat(onlyShardOf(five).state()).isEqualTo(ShardState.NOT_KNOWN);
        five.nodes().subList(2, 5).forEach(node -> five.cut(five.node(2), node));
        assertThat(onlyShardOf(five).state()).isEqualTo(ShardState.NO_MAJORITY);
    }

    @Test
    void aShardWhoseParticipantsAreCutInTwoHasNoMajorityThoughWhoLooksReachesAll() {
        var five = five(2, 3, 4, 5);
        for (var one : five.nodes().subList(1, 3)) {
            five.nodes().subList(3, 5).forEach(other -> five.cut(one, other));
        }
        var shard = onlyShardOf(five);
        assertThat(shard.state()).isEqualTo(ShardState.NO_MAJORITY);
        assertThat(shard.unreachable())
                .containsExactly(five.node(4).id(), five.node(5).id());
        assertThat(shard.next())
                .contains(
                        "Look at the network",
                        "others still hear " + five.node(4).id())
                .doesNotContain("force");
    }

    @Test
    void aParticipantThatLivesAndIsCutOffNeedsNoOtherStart() {
        var five = five(3, 4, 5);
        five.cut(five.node(3), five.node(5));
        five.cut(five.node(4), five.node(5));
        var shard = onlyShardOf(five);
        assertThat(shard.state()).isEqualTo(ShardState.WAITING);
        assertThat(shard.next()).contains("Look at the network").doesNotContain("Start");
    }

    @Test
    void withoutAMajorityTheNextStepIsToStartTheNodes() {
        cluster.kill(2);
        cluster.kill(3);
        assertThat(shard().next()).startsWith("Start the nodes again").contains("./legion force");
        assertThat(shard().unreachable())
                .containsExactly(cluster.node(2).id(), cluster.node(3).id());
    }

    @Test
    void aChangeThatIsBeingDecidedFreezes() {
        cluster.node(1).copy(0).changes();
        isNow(ShardState.FROZEN, "decide who takes part");
    }

    @Test
    void aCopyUnderWayIsShownThoughTheShardServes() {
        cluster.node(3).copy(0).is(Phase.COPYING);
        isNow(ShardState.COPYING, "serves everything meanwhile");
    }

    @Test
    void aCopyThatDivergedIsShownThoughTheOthersServe() {
        cluster.node(3).copy(0).is(Phase.DIVERGED);
        isNow(ShardState.DIVERGENT, cluster.node(3).id().toString());
    }

    @Test
    void aPreferredCopyThatDivergedIsDivergentAndNotMerelyStopped() {
        cluster.nodes().forEach(node -> {
            node.copy(0).is(Phase.DIVERGED);
            node.stopped.add(new StoppedShard(node.id(), 0, StoppedShard.Kind.DIVERGED, "it differs", true));
        });
        isNow(ShardState.DIVERGENT, cluster.node(1).id().toString());
        cluster.node(2).copy(0).is(Phase.PARTICIPATING);
        isNow(ShardState.DIVERGENT, cluster.node(1).id().toString());
    }

    @Test
    void aShardWhosePreferredCopyHasStoppedIsStopped() {
        cluster.node(1).stop(0, StoppedShard.Kind.UNREADABLE, "it could not be opened", false);
        isNow(ShardState.STOPPED, "it could not be opened");
    }

    @Test
    void aShardThatAcceptsNoRequestsWaits() {
        cluster.node(1).silence =
                Optional.of(new Silence(Silence.Kind.CLOCK, "its clock is ahead", Duration.ofSeconds(5)));
        cluster.node(1).copy(0).is(Phase.PARTICIPATING);
        isNow(ShardState.WAITING, "its clock is ahead");
    }

    @Test
    void aShardWhosePreferredNodeDoesNotAnswerIsNotKnown() {
        cluster.node(1).shards.removeIf(copy -> copy.shard() == 0);
        isNow(ShardState.SERVING, ""); // the others say so, and the first one hosts it not
        cluster.nodes().forEach(node -> node.shards.removeIf(copy -> copy.shard() == 0));
        isNow(ShardState.NOT_KNOWN, "No node that takes part");
    }

    @Test
    void theLatestEpochCounts() {
        cluster.node(1).copy(0).is(Phase.COPYING);
        cluster.node(2).copy(0).isOfEpoch(5);
        assertThat(shard().leading())
                .hasValueSatisfying(copy -> assertThat(copy.epoch()).isEqualTo(5));
    }

    @Test
    void countsAndMapAreThoseOfTheShards() {
        cluster.node(1).copy(0).changes();
        var picture = gatherer.gather();
        assertThat(picture.counts()).containsEntry(ShardState.FROZEN, 1L).containsEntry(ShardState.SERVING, 1L);
        assertThat(picture.shardsThatAre(ShardState.FROZEN)).containsExactly(0);
    }

    @Test
    void theFirstThatCanBeReachedInTheOrderOfPreferenceServes() {
        cluster.prefer(3, 1, 2);
        assertThat(shard().preferred()).contains(cluster.node(3).id());
        cluster.node(3).stop(0, StoppedShard.Kind.OTHER, "it could not go on", false);
        isNow(ShardState.STOPPED, "It has stopped on " + cluster.node(3).id());
        cluster.kill(3);
        assertThat(shard().preferred()).contains(cluster.node(1).id());
    }

    @Test
    void aShardWhosePreferredStoreTakesNoChangesDoesNotServe() {
        cluster.node(1).store = new StoreReport(StoreReport.State.FULL, "no room");
        isNow(ShardState.STOPPED, "The store of " + cluster.node(1).id());
        isNow(ShardState.STOPPED, "is full");
        cluster.node(1).store = new StoreReport(StoreReport.State.FAILED, "an I/O error");
        isNow(ShardState.STOPPED, "takes no more writes");
    }

    @Test
    void aShardWaitsForAParticipantThatTakesNoChanges() {
        cluster.node(2).store = new StoreReport(StoreReport.State.FULL, "no room");
        isNow(ShardState.WAITING, "FINAL answers wait for " + cluster.node(2).id() + ", whose store is full");
        cluster.node(2).store = new StoreReport(StoreReport.State.OK, "");
        cluster.node(2).stop(0, StoppedShard.Kind.OTHER, "it could not go on", false);
        isNow(ShardState.WAITING, cluster.node(2).id() + ", whose copy has stopped");
    }

    @Test
    void aShardThatIsRemovedFromItsNodeNeedsNoOtherClock() {
        cluster.node(1).silence =
                Optional.of(new Silence(Silence.Kind.REMOVAL, "it is being removed", Duration.ofSeconds(5)));
        cluster.node(1).copy(0).is(Phase.PARTICIPATING);
        isNow(ShardState.WAITING, "it is being removed");
        assertThat(shard().next()).doesNotContain("clock");
    }
}
