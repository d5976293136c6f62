package io.legion.core.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.core.Consistency;
import io.legion.core.NodeId;
import io.legion.core.codec.WireInput;
import io.legion.core.shard.Journalled.Append;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// R44, R45, R46: what a copy costs where nodes stand still for a while, and how long its end holds up others, on links
/// that keep their order.
final class CopyingTest {
    private static final int PARTITIONS = 100;
    private static final long LAST_SEED = 50;

    private ReplicaCluster cluster = ReplicaCluster.of(1);

    /// Messages to a node that stands still.
    private final List<ReplicaCluster.Flying> held = new ArrayList<>();

    private int copied;

    @BeforeEach
    void begin() {
        begin(1);
    }

    private void begin(long seed) {
        var usual = ReplicaSettings.defaults();
        var small = new ReplicaSettings(
                usual.maxClockAheadMillis(),
                usual.resendMillis(),
                usual.decideTimeoutMillis(),
                usual.returnMillis(),
                usual.rememberedOutputs(),
                usual.rememberedBytes(),
                usual.rememberedMillis(),
                usual.maxOutstanding(),
                usual.hashEvery(),
                1);
        cluster = new ReplicaCluster(seed, 3, small);
        for (int i = 0; i < PARTITIONS; i++) {
            cluster.request(1 + i % 3, "key" + i, new Append("v" + i), Consistency.FAST);
        }
        // What is in no store yet would go out at once.
        cluster.checkpoint();
        copied = 0;
        held.clear();
    }

    @Test
    void r44ACopyGoesOnWhereItWasAfterItsSourceStoodStill() {
        cluster.join(4, 1);
        pass(50, 1, 10);
        assertThat(copied).isBetween(1, PARTITIONS / 2);
        cluster.node(1).up = false;
        pass(50, 400, Integer.MAX_VALUE);
        cluster.node(1).up = true;
        cluster.flying.addAll(held);
        pass(50, 20, Integer.MAX_VALUE);
        assertThat(cluster.node(1).replica.status().readyJoiners()).containsExactly(new NodeId(4));
        assertThat(copied).isEqualTo(PARTITIONS);
    }

    @Test
    void r44QuestionsThatHaveGatheredAreAnsweredOnce() {
        cluster.join(4, 1);
        for (int i = 0; i < PARTITIONS + 2; i++) {
            cluster.node(1).up = false;
            pass(50, 20, Integer.MAX_VALUE);
            cluster.node(1).up = true;
            cluster.flying.addAll(held);
            held.clear();
            deliver(Integer.MAX_VALUE);
        }
        assertThat(cluster.node(1).replica.status().readyJoiners()).containsExactly(new NodeId(4));
        assertThat(copied).isEqualTo(PARTITIONS);
    }

    @Test
    void r44ASourceThatIsAlwaysLateIsNotAskedAgainAndAgain() {
        cluster.join(4, 1);
        var late = new ArrayDeque<List<ReplicaCluster.Flying>>();
        cluster.node(1).up = false;
        for (int i = 0; i < 20 * (PARTITIONS + 2); i++) {
            pass(50, 1, Integer.MAX_VALUE);
            late.add(List.copyOf(held));
            held.clear();
            if (late.size() == 20) {
                cluster.node(1).up = true;
                cluster.node(1).replica.tick(cluster.now);
                late.remove().forEach(this::deliver);
                cluster.node(1).up = false;
            }
        }
        // The first one is asked for before it is known how late the source is.
        assertThat(copied).isBetween(PARTITIONS, PARTITIONS + 2);
    }

    @Test
    void r44ACopyIsMadeElsewhereWhenItsSourceIsGone() {
        cluster.join(4, 1, 2);
        pass(50, 1, 10);
        cluster.node(1).up = false;
        pass(50, 400, Integer.MAX_VALUE);
        assertThat(cluster.node(2).replica.status().readyJoiners()).containsExactly(new NodeId(4));
    }

    /// Nothing folds between the addition and the start, so what waits then waits for messages only, for no clock.
    @Test
    void r46WhatWaitsWhileANodeIsAddedWaitsForNoClock() {
        for (long seed = 1; seed <= LAST_SEED; seed++) {
            begin(seed);
            cluster.join(4, 1);
            pass(50, 20, Integer.MAX_VALUE);
            assertThat(cluster.node(1).replica.status().readyJoiners()).containsExactly(new NodeId(4));
            cluster.node(1).replica.change(new Change(List.of(), List.of(new NodeId(4))), cluster.now);
            cluster.node(1).settle();
            var tickets = new ArrayList<Long>();
            for (int i = 0; i < 30; i++) {
                tickets.add(cluster.request(1 + i % 3, "key" + i, new Append("w" + i), Consistency.FINAL));
                deliver(1);
            }
            deliver(Integer.MAX_VALUE);
            assertThat(cluster.node(4).replica.status().participants())
                    .as("seed " + seed)
                    .hasSize(4);
            assertThat(tickets)
                    .as("seed " + seed)
                    .allMatch(ticket -> !cluster.replies(ticket).isEmpty());
        }
    }

    private void pass(long millis, int times, int most) {
        for (int i = 0; i < times; i++) {
            cluster.tick(millis);
            deliver(most);
        }
    }

    /// Delivers so many messages at most, of links drawn at random, each link in its order.
    private void deliver(int most) {
        for (int i = 0; i < most && !cluster.flying.isEmpty(); i++) {
            var drawn = cluster.flying.get(cluster.random.nextInt(cluster.flying.size()));
            Predicate<ReplicaCluster.Flying> sameLink =
                    other -> other.from().equals(drawn.from()) && other.to().equals(drawn.to());
            var first = cluster.flying.stream().filter(sameLink).findFirst().orElseThrow();
            cluster.flying.remove(first);
            deliver(first);
        }
    }

    private void deliver(ReplicaCluster.Flying flying) {
        var to = cluster.node(flying.to().value());
        if (!to.up) {
            held.add(flying);
            return;
        }
        var message = MessageCodec.read(new WireInput(flying.bytes().shared()));
        if (message instanceof Message.Piece piece) {
            copied += piece.states().size();
        }
        to.replica.receive(flying.from(), message, cluster.now);
        to.settle();
    }
}
