package io.legion.admin.picture;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.admin.ScriptedCluster;
import io.legion.operations.ShardReport.Phase;
import io.legion.operations.ShardReport.Silence;
import io.legion.operations.StoppedShard;
import java.time.Duration;
import java.util.Optional;
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
        var picture = new Gatherer(new EachNode(four.operations(), Duration.ofSeconds(1)), () -> ScriptedCluster.NOW)
                .gather();
        assertThat(picture.counts()).containsEntry(ShardState.NO_MAJORITY, 1L);
    }

    @Test
    void aChangeThatIsBeingDecidedFreezes() {
        cluster.node(1).copy(0).changes();
        isNow(ShardState.FROZEN, "being decided");
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
}
