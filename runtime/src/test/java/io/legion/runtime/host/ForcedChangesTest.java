package io.legion.runtime.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.core.Consistency;
import io.legion.core.NodeId;
import io.legion.core.placement.RebalancingSettings;
import io.legion.core.shard.Overruled;
import io.legion.core.shard.Unfound;
import io.legion.operations.ForcedChange;
import io.legion.runtime.frame.Item;
import io.legion.runtime.frame.ShardView;
import io.legion.runtime.node.NodeSettings;
import io.legion.service.Logger;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// R43, as an operator of whole nodes meets it.
final class ForcedChangesTest {
    private static final NodeId ONE = new NodeId(1);
    private static final NodeId TWO = new NodeId(2);
    private static final NodeId THREE = new NodeId(3);
    private static final NodeId FOUR = new NodeId(4);

    private final TinyNetwork network = TinyNetwork.usual();

    private void three() {
        network.found(1);
        network.join(2);
        network.join(3);
        assertThat(network.runUntil(60_000, () -> network.isSettled(3))).isTrue();
    }

    private void done(TinyNetwork.Asking asking) {
        assertThat(network.runUntil(20_000, asking::isDone)).isTrue();
    }

    @Test
    void aShardWithAMajorityIsNotForced() {
        three();
        network.kill(3);
        assertThat(network.node(1).force(Set.of(THREE), network.nowMillis))
                .hasSize(TinyNetwork.SHARDS)
                .allSatisfy(forced -> assertThat(forced)
                        .isInstanceOfSatisfying(
                                ForcedChange.Refused.class,
                                refused -> assertThat(refused.reason()).isEqualTo(ForcedChange.Reason.MAJORITY_ALIVE)));
    }

    @Test
    void whoeverIsNeitherThereNorDeclaredLostIsNotLeftOut() {
        three();
        network.kill(2);
        network.kill(3);
        assertThat(network.node(1).force(Set.of(new NodeId(9)), network.nowMillis))
                .allSatisfy(forced -> assertThat(forced)
                        .isInstanceOfSatisfying(
                                ForcedChange.Refused.class,
                                refused -> assertThat(refused.reason()).isEqualTo(ForcedChange.Reason.NOT_CONCERNED)));
        assertThat(network.node(1).force(Set.of(new NodeId(1)), network.nowMillis))
                .allSatisfy(forced -> assertThat(forced)
                        .isInstanceOfSatisfying(
                                ForcedChange.Refused.class,
                                refused -> assertThat(refused.reason()).isEqualTo(ForcedChange.Reason.NOT_CONCERNED)));
    }

    /// Node 2 had entered a later epoch and told of it when it was lost: nobody is left who could tell node 1 how it
    /// came about, or be given the command in its place.
    @Test
    void whoeverIsBehindGoesOnIfAllWhoWereAheadAreLost() {
        three();
        network.cut(1, 2);
        network.cut(1, 3);
        network.kill(2);
        network.kill(3);
        var later = IntStream.range(0, TinyNetwork.SHARDS)
                .mapToObj(shard -> {
                    var status = network.node(1).view().status(shard).orElseThrow();
                    var others = status.participants().stream()
                            .filter(participant -> !participant.node().equals(THREE))
                            .toList();
                    return new ShardView(shard, status.epoch() + 1, others);
                })
                .toList();
        network.node(1).receive(TWO, List.of(new Item.Views(later)), network.nowMillis);
        assertThat(network.node(1).force(Set.of(THREE), network.nowMillis))
                .hasSize(TinyNetwork.SHARDS)
                .allSatisfy(forced -> assertThat(forced)
                        .isInstanceOfSatisfying(
                                ForcedChange.Refused.class,
                                refused -> assertThat(refused.reason()).isEqualTo(ForcedChange.Reason.BEHIND)));
        assertThat(network.node(1).force(Set.of(TWO, THREE), network.nowMillis))
                .hasSize(TinyNetwork.SHARDS)
                .allSatisfy(forced -> assertThat(forced).isInstanceOf(ForcedChange.Begun.class));
        done(network.deposit(1, "alice", 100, Consistency.FINAL));
    }

    @Test
    void theLastNodeGoesOnAndWhoComesBackIsSetApartUntilAPersonDropsIt() {
        three();
        done(network.deposit(2, "alice", 1, Consistency.FINAL));
        network.cut(1, 2);
        network.cut(1, 3);
        var durable = network.deposit(2, "alice", 10, Consistency.DURABLE);
        done(durable);
        network.kill(2);
        network.kill(3);
        assertThat(network.node(1).force(Set.of(TWO, THREE), network.nowMillis))
                .hasSize(TinyNetwork.SHARDS)
                .allSatisfy(forced -> assertThat(forced).isInstanceOf(ForcedChange.Begun.class));
        done(network.deposit(1, "alice", 100, Consistency.FINAL));

        network.heal();
        network.restart(2);
        network.restart(3);
        network.heal();
        int shard = io.legion.core.shard.Shards.of(TinyNetwork.address("alice"), TinyNetwork.SHARDS);
        assertThat(network.runUntil(
                        60_000,
                        () -> network.node(2).view().overruled().values().stream()
                                        .anyMatch(Overruled::complete)
                                && network.node(3).view().overruled().values().stream()
                                        .anyMatch(Overruled::complete)))
                .isTrue();
        var overruled = network.node(2).view().overruled();
        assertThat(overruled).hasSize(1).hasEntrySatisfying(shard, copy -> {
            assertThat(copy.more()).isZero();
            assertThat(copy.unfound()).extracting(Unfound::address).containsExactly(TinyNetwork.address("alice"));
        });
        assertThat(network.node(1).view().overruled()).isEmpty();
        assertThat(network.participants(shard)).containsExactly(1L);

        for (long node = 2; node <= 3; node++) {
            assertThat(network.node(node).dropOverruledCopy(shard, network.nowMillis))
                    .isTrue();
            assertThat(network.node(node).dropOverruledCopy(shard, network.nowMillis))
                    .isFalse();
        }
        assertThat(network.runUntil(120_000, () -> network.isSettled(3))).isTrue();
        var read = network.read(3, "alice", true);
        done(read);
        assertThat(read.cents()).isEqualTo(101);
        network.logger.allow(Logger.Priority.WARNING, "operator");
        network.logger.allow(Logger.Priority.ERROR, "an operator forced a change");
        network.logger.failOnUnexpected();
    }

    /// Two forced changes at once named node 3, which went with the one of node 1. Where the era of node 2
    /// is the higher one, node 2 waits there for a participant that does not come, while the node can be
    /// reached.
    @Test
    void whoeverForcedANodeThatWentElsewhereForcesAgainWithoutIt() {
        var four = new TinyNetwork(
                NodeSettings.defaults(TinyNetwork.SHARDS).with(new RebalancingSettings(4, 5_000, 4, 1_000)));
        four.found(1);
        four.join(2);
        four.join(3);
        four.join(4);
        assertThat(four.runUntil(60_000, () -> four.isSettled(4))).isTrue();
        four.kill(4);
        four.cut(1, 2);
        four.cut(1, 3);
        assertThat(four.node(1).force(Set.of(TWO, THREE, FOUR), four.nowMillis))
                .allMatch(ForcedChange.Begun.class::isInstance);
        assertThat(four.node(2).force(Set.of(ONE, FOUR), four.nowMillis))
                .allMatch(ForcedChange.Begun.class::isInstance);
        assertThat(four.runUntil(1_000, () -> waiting(four).size() == TinyNetwork.SHARDS))
                .isTrue();
        four.kill(2);
        four.heal();
        assertThat(four.runUntil(60_000, () -> four.isSettled(2))).isTrue();
        four.restart(2);
        four.heal();
        four.run(20_000);
        List<Integer> waiting = waiting(four);
        assertThat(waiting).as("shards in which node 2 has the higher era").isNotEmpty();

        assertThat(four.node(2).force(Set.of(THREE), four.nowMillis).stream()
                        .filter(ForcedChange.Begun.class::isInstance)
                        .map(ForcedChange::shard))
                .containsExactlyElementsOf(waiting);
        assertThat(four.runUntil(60_000, () -> four.isSettled(3))).isTrue();
        four.logger.allow(Logger.Priority.WARNING, "operator");
        four.logger.allow(Logger.Priority.ERROR, "an operator forced a change");
        four.logger.expect(Logger.Priority.ERROR, "have not come since a forced change counted on them");
        four.logger.failOnUnexpected();
    }

    /// The shards in which node 2 has entered an epoch of two, and the other one has not.
    private static List<Integer> waiting(TinyNetwork network) {
        return IntStream.range(0, TinyNetwork.SHARDS)
                .filter(shard -> network.node(2).view().status(shard).stream()
                        .anyMatch(
                                s -> s.participants().size() == 2 && s.entered().size() == 1))
                .boxed()
                .toList();
    }
}
