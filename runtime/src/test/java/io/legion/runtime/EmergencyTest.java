package io.legion.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.core.Consistency;
import io.legion.core.NodeId;
import io.legion.core.shard.Unfound;
import io.legion.service.Logger;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// R43, as an operator of whole nodes meets it.
final class EmergencyTest {
    private static final NodeId TWO = new NodeId(2);
    private static final NodeId THREE = new NodeId(3);

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
                                Forced.Refused.class,
                                refused -> assertThat(refused.reason()).isEqualTo(Forced.Reason.MAJORITY_THERE)));
    }

    @Test
    void whoeverIsNeitherThereNorDeclaredLostIsNotLeftOut() {
        three();
        network.kill(2);
        network.kill(3);
        assertThat(network.node(1).force(Set.of(new NodeId(9)), network.nowMillis))
                .allSatisfy(forced -> assertThat(forced)
                        .isInstanceOfSatisfying(
                                Forced.Refused.class,
                                refused -> assertThat(refused.reason()).isEqualTo(Forced.Reason.NOT_CONCERNED)));
        assertThat(network.node(1).force(Set.of(new NodeId(1)), network.nowMillis))
                .allSatisfy(forced -> assertThat(forced)
                        .isInstanceOfSatisfying(
                                Forced.Refused.class,
                                refused -> assertThat(refused.reason()).isEqualTo(Forced.Reason.NOT_CONCERNED)));
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
                .allSatisfy(forced -> assertThat(forced).isInstanceOf(Forced.Begun.class));
        done(network.deposit(1, "alice", 100, Consistency.FINAL));

        network.heal();
        network.restart(2);
        network.restart(3);
        network.heal();
        int shard = io.legion.core.shard.Shards.of(TinyNetwork.address("alice"), TinyNetwork.SHARDS);
        assertThat(network.runUntil(
                        60_000,
                        () -> network.node(2).setApart().stream().anyMatch(SetApart::complete)
                                && network.node(3).setApart().stream().anyMatch(SetApart::complete)))
                .isTrue();
        assertThat(network.node(2).setApart()).singleElement().satisfies(apart -> {
            assertThat(apart.shard()).isEqualTo(shard);
            assertThat(apart.more()).isZero();
            assertThat(apart.unfound()).extracting(Unfound::address).containsExactly(TinyNetwork.address("alice"));
        });
        assertThat(network.node(1).setApart()).isEmpty();
        assertThat(network.participants(shard)).containsExactly(1L);

        for (long node = 2; node <= 3; node++) {
            assertThat(network.node(node).dropSetApart(shard, network.nowMillis))
                    .isTrue();
            assertThat(network.node(node).dropSetApart(shard, network.nowMillis))
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
}
