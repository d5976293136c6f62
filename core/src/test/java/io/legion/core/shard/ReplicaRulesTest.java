package io.legion.core.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.legion.core.Bytes;
import io.legion.core.Consistency;
import io.legion.core.NodeId;
import io.legion.core.ParticipantId;
import io.legion.core.RequestId;
import io.legion.core.codec.WireInput;
import io.legion.core.primitive.Invariant;
import io.legion.core.shard.Journalled.Append;
import io.legion.core.shard.Journalled.Clear;
import io.legion.core.shard.Journalled.Fail;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The rules of design/protocol.md, one by one, on a network that behaves.
class ReplicaRulesTest {
    @Test
    void aLoneReplicaAnswersEverythingAtOnce() {
        var cluster = ReplicaCluster.of(1);
        for (Consistency consistency : Consistency.values()) {
            long ticket = cluster.request(1, "a", new Append("x"), consistency);
            assertThat(cluster.replies(ticket)).singleElement().isInstanceOfSatisfying(Reply.Answered.class, reply -> {
                assertThat(reply.success()).isTrue();
                assertThat(reply.consistency()).isGreaterThanOrEqualTo(consistency);
            });
        }
        assertThat(cluster.words(1, "a")).containsExactly("x", "x", "x");
        cluster.checkpoint();
        assertThat(cluster.node(1).stored.entries.values()).allMatch(Map::isEmpty);
    }

    @Test
    void anApplyThatThrowsChangesNothingAndIsRemembered() {
        var cluster = ReplicaCluster.of(1);
        cluster.request(1, "a", new Append("x"), Consistency.FINAL);
        var id = new RequestId(9, 1);
        for (int i = 0; i < 2; i++) {
            long ticket = cluster.request(1, id, "a", new Fail("no"), Consistency.FINAL);
            assertThat(cluster.replies(ticket)).singleElement().isInstanceOfSatisfying(Reply.Answered.class, reply -> {
                assertThat(reply.success()).isFalse();
                assertThat(reply.body().text()).isEqualTo("java.lang.IllegalStateException: no");
            });
        }
        assertThat(cluster.words(1, "a")).containsExactly("x");
    }

    /// R53: once.
    @Test
    void r53ARequestTriedAgainChangesTheStateOnceAlsoAfterARestart() {
        var cluster = ReplicaCluster.of(1);
        var id = new RequestId(9, 1);
        long first = cluster.request(1, id, "a", new Append("x"), Consistency.FAST);
        cluster.node(1).restart();
        long second = cluster.request(1, id, "a", new Append("x"), Consistency.FAST);
        assertThat(((Reply.Answered) cluster.replies(second).getFirst()).body())
                .isEqualTo(((Reply.Answered) cluster.replies(first).getFirst()).body());
        assertThat(((Reply.Answered) cluster.replies(second).getFirst()).id())
                .isEqualTo(((Reply.Answered) cluster.replies(first).getFirst()).id());
        assertThat(cluster.words(1, "a")).containsExactly("x");
    }

    /// R73d: what has folded since the last checkpoint folds again after a restart, to the same history.
    @Test
    void r73AReplicaFoldsAgainWhatWasNotYetWrittenAsFolded() {
        var cluster = ReplicaCluster.of(3);
        for (int i = 0; i < 20; i++) {
            cluster.request(1 + i % 3, "key" + i % 2, new Append("v" + i), Consistency.FINAL);
        }
        cluster.calm(12);
        ReplicaStatus before = cluster.node(2).replica.status();
        assertThat(before.folded()).isEqualTo(20);
        assertThat(cluster.node(2).stored.states).isEmpty();
        var words = List.of(cluster.words(2, "key0"), cluster.words(2, "key1"));
        cluster.node(2).restart();
        assertThat(cluster.node(2).replica.status().folded()).isZero();
        assertThat(cluster.node(2).replica.status().outstanding()).isEqualTo(20);
        cluster.checkpoint();
        assertThat(List.of(cluster.words(2, "key0"), cluster.words(2, "key1"))).isEqualTo(words);
        assertThat(cluster.node(2).replica.status().folded()).isEqualTo(20);
        assertThat(cluster.node(2).replica.status().historyHash()).isEqualTo(before.historyHash());
        assertThat(cluster.node(2).stored.states).isEqualTo(cluster.node(1).stored.states);
    }

    @Test
    void aPartitionBackAtItsInitialStateTakesNoRoom() {
        var cluster = ReplicaCluster.of(1);
        cluster.request(1, "a", new Append("x"), Consistency.FAST);
        cluster.checkpoint();
        assertThat(cluster.node(1).stored.states).hasSize(1);
        cluster.request(1, "a", new Clear(), Consistency.FAST);
        cluster.checkpoint();
        assertThat(cluster.node(1).stored.states).isEmpty();
    }

    /// R18, R27: everybody has it, and then FINAL is answered.
    @Test
    void r18AnEventFoldsOnceEverybodyHasIt() {
        var cluster = ReplicaCluster.of(3);
        long ticket = cluster.request(1, "a", new Append("x"), Consistency.FINAL);
        assertThat(cluster.replies(ticket)).isEmpty();
        cluster.calm(1);
        assertThat(cluster.replies(ticket)).hasSize(1);
        cluster.checkpoint();
        for (long node = 1; node <= 3; node++) {
            assertThat(cluster.node(node).replica.status().folded()).isEqualTo(1);
            assertThat(cluster.node(node).replica.status().outstanding()).isZero();
            assertThat(cluster.words(node, "a")).containsExactly("x");
            assertThat(cluster.node(node).replica.idle()).isTrue();
        }
    }

    /// R26, R27: DURABLE needs a majority, FINAL needs all.
    @Test
    void r26DurableNeedsAMajorityAndFinalEverybody() {
        var cluster = ReplicaCluster.of(3);
        cluster.node(3).up = false;
        cluster.node(1).replica.disconnected(cluster.node(3).id, cluster.now);
        cluster.calm(1);
        long durable = cluster.request(1, "a", new Append("x"), Consistency.DURABLE);
        long settled = cluster.request(1, "a", new Append("y"), Consistency.FINAL);
        assertThat(cluster.replies(durable)).isEmpty();
        cluster.calm(3);
        assertThat(cluster.replies(durable)).hasSize(1);
        assertThat(cluster.replies(settled)).isEmpty();
        cluster.node(3).up = true;
        cluster.calm(100);
        assertThat(cluster.replies(settled)).hasSize(1);
    }

    /// R57: FINAL read.
    @Test
    void r57AFinalReadSeesWhatWasAnsweredFinalBefore() {
        var cluster = ReplicaCluster.of(3);
        cluster.request(1, "a", new Append("x"), Consistency.FINAL);
        cluster.calm(3);
        long read = cluster.read(2, "a", true);
        assertThat(cluster.replies(read)).isEmpty();
        cluster.calm(5);
        assertThat(((Journalled.Words) ((Reply.State) cluster.replies(read).getFirst()).state()).words())
                .containsExactly("x");
    }

    /// R39, R28: who waits at a participant that stays goes on waiting in the next epoch.
    @Test
    void r39ADeadParticipantIsRemovedByAMajorityAndFoldingGoesOn() {
        var cluster = ReplicaCluster.of(3);
        cluster.node(3).up = false;
        long settled = cluster.request(1, "a", new Append("x"), Consistency.FINAL);
        cluster.calm(3);
        var dead = cluster.node(3).replica.status().self();
        cluster.node(1).replica.change(new Change(List.of(dead), List.of()), cluster.now);
        cluster.node(1).settle();
        cluster.calm(10);
        assertThat(cluster.node(2).replica.status().participants()).hasSize(2);
        // It may not know that it is out, and serve readers: R77.
        assertThat(cluster.replies(settled)).isEmpty();
        cluster.calm(20);
        assertThat(cluster.replies(settled)).hasSize(1);
        assertThat(cluster.node(2).replica.status().epoch()).isEqualTo(1);
    }

    /// R30, R25: a promise freezes the epoch, and FAST goes on.
    @Test
    void r30AMinorityDecidesNothingAndFastGoesOn() {
        var cluster = ReplicaCluster.of(3);
        cluster.cutBetween(1, 2);
        cluster.cutBetween(1, 3);
        cluster.node(1).replica.change(Change.NONE, cluster.now);
        cluster.node(1).settle();
        cluster.calm(100);
        assertThat(cluster.node(1).replica.status().epoch()).isZero();
        long fast = cluster.request(1, "a", new Append("x"), Consistency.FAST);
        long durable = cluster.request(1, "a", new Append("y"), Consistency.DURABLE);
        assertThat(cluster.replies(fast)).hasSize(1);
        assertThat(cluster.replies(durable)).isEmpty();
        cluster.cut.clear();
        cluster.calm(200);
        assertThat(cluster.replies(durable)).hasSize(1);
        assertThat(cluster.words(3, "a")).containsExactly("x", "y");
    }

    /// R49, R50, R51, R28: salvage, submitted again; only without it is the replica let go.
    @Test
    void r49WhatARemovedParticipantAcceptedBeyondItsCutIsSalvage() {
        var cluster = ReplicaCluster.of(3);
        cluster.cutBetween(3, 1);
        cluster.cutBetween(3, 2);
        var id = new RequestId(5, 1);
        cluster.request(3, id, "a", new Append("lost?"), Consistency.FAST);
        long waiting = cluster.request(3, "a", new Append("waits"), Consistency.FINAL);
        cluster.node(1)
                .replica
                .change(new Change(List.of(cluster.node(3).replica.status().self()), List.of()), cluster.now);
        cluster.node(1).settle();
        cluster.calm(20);
        assertThat(cluster.node(1).replica.status().epoch()).isEqualTo(1);
        cluster.cut.clear();
        cluster.calm(100);
        assertThat(cluster.node(3).replica.status().phase()).isEqualTo(ReplicaStatus.Phase.REMOVED);
        assertThat(cluster.node(3).replica.status().salvage()).contains(id);
        assertThat(cluster.resubmissions)
                .anyMatch(resubmission -> resubmission.id().equals(id));
        assertThat(cluster.replies(waiting)).singleElement().isInstanceOf(Reply.Refused.class);
        cluster.node(3).restart();
        assertThat(cluster.node(3).replica.status().salvage()).contains(id);
        cluster.resubmissions.forEach(cluster.node(3).replica::resubmitted);
        cluster.calm(100);
        assertThat(cluster.node(3).replica.status().phase()).isEqualTo(ReplicaStatus.Phase.GONE);
    }

    /// R45: start.
    @Test
    void r45AJoinerCopiesIsAddedStartsAndTakesPart() {
        var cluster = ReplicaCluster.of(2);
        for (int i = 0; i < 50; i++) {
            cluster.request(1, "key" + i, new Append("v" + i), Consistency.FAST);
        }
        cluster.calm(5);
        cluster.join(3, 1);
        cluster.calm(20);
        assertThat(cluster.node(1).replica.status().readyJoiners()).containsExactly(new NodeId(3));
        cluster.request(2, "key7", new Append("while copying"), Consistency.FAST);
        cluster.node(1).replica.change(new Change(List.of(), List.of(new NodeId(3))), cluster.now);
        cluster.node(1).settle();
        cluster.calm(50);
        var status = cluster.node(3).replica.status();
        assertThat(status.phase()).isEqualTo(ReplicaStatus.Phase.PARTICIPATING);
        assertThat(status.participants()).hasSize(3);
        long settled = cluster.request(3, "key7", new Append("from the joiner"), Consistency.FINAL);
        cluster.calm(20);
        assertThat(cluster.replies(settled)).hasSize(1);
        assertThat(cluster.words(3, "key7")).containsExactly("v7", "while copying", "from the joiner");
        cluster.checkpoint();
        assertThat(cluster.node(3).stored.states).isEqualTo(cluster.node(1).stored.states);
        assertThat(cluster.node(3).stored.tags).isEqualTo(cluster.node(1).stored.tags);
        assertThat(cluster.node(3).replica.status().historyHash())
                .isEqualTo(cluster.node(1).replica.status().historyHash());
    }

    /// R42: finish what was left.
    @Test
    void r42AnEpochLeftFrozenIsFinishedByAnother() {
        var cluster = ReplicaCluster.of(3);
        cluster.node(1).replica.change(Change.NONE, cluster.now);
        cluster.node(1).settle();
        for (int i = 0; i < 2; i++) {
            cluster.deliverOne(0, 0);
        }
        cluster.node(1).up = false;
        cluster.calm(200);
        assertThat(cluster.node(2).replica.status().epoch()).isGreaterThan(0);
        assertThat(cluster.node(2).replica.status().frozen()).isFalse();
        cluster.node(1).up = true;
        cluster.calm(100);
        assertThat(cluster.node(1).replica.status().epoch())
                .isEqualTo(cluster.node(2).replica.status().epoch());
    }

    /// R24: outstanding is bounded.
    @Test
    void r24TooMuchOutstandingIsRefusedEarly() {
        var few = new ReplicaSettings(60_000, 200, 2_000, 1_000, 16, 2_048, 3_600_000, 3, 64, 1024);
        var cluster = new ReplicaCluster(1, 3, few);
        cluster.node(2).up = false;
        for (int i = 0; i < 3; i++) {
            cluster.request(1, "a", new Append("x"), Consistency.FAST);
        }
        long refused = cluster.request(1, "a", new Append("x"), Consistency.FAST);
        assertThat(cluster.replies(refused))
                .singleElement()
                .isInstanceOfSatisfying(
                        Reply.Refused.class, reply -> assertThat(reply.reason()).isEqualTo(Reply.Refusal.OVERLOADED));
    }

    /// R59: set apart.
    @Test
    void r59AnImpureReplicaIsFoundAndSetApart() {
        var settings = new ReplicaSettings(60_000, 200, 2_000, 1_000, 16, 2_048, 3_600_000, 1_000, 4, 1024);
        var cluster = new ReplicaCluster(1, 3, settings);
        cluster.request(1, "a", new Append("x"), Consistency.FINAL);
        cluster.checkpoint();
        var address = ReplicaCluster.address("a");
        var stored = cluster.node(2).stored.states;
        stored.put(
                address,
                io.legion.core.Bytes.wrap(
                        Journalled.TYPE.stateCodec().encode(new Journalled.Words(List.of("damaged")))));
        cluster.node(2).restart();
        cluster.calm(2);
        var atTheImpureOne = new ArrayList<Long>();
        for (int i = 0; i < 20; i++) {
            cluster.request(1, "a", new Append("y" + i), Consistency.FINAL);
            atTheImpureOne.add(cluster.request(2, "a", new Append("z" + i), Consistency.FINAL));
            atTheImpureOne.add(cluster.read(2, "a", true));
            cluster.calm(2);
        }
        assertThat(cluster.node(2).replica.status().phase()).isEqualTo(ReplicaStatus.Phase.DIVERGED);
        assertThat(atTheImpureOne)
                .as("nobody waits for it")
                .allSatisfy(ticket -> assertThat(cluster.replies(ticket)).hasSize(1));
        assertThat(cluster.node(2).alarms).anyMatch(alarm -> alarm.kind() == Alarm.Kind.DIVERGED);
        assertThat(cluster.node(1).replica.status().phase()).isEqualTo(ReplicaStatus.Phase.PARTICIPATING);
    }

    /// R70a: what somebody waits for goes at once, and asks.
    @Test
    void r70AnswersForWhichSomebodyWaitsTakeOneWayThereAndBack() {
        for (var consistency : List.of(Consistency.DURABLE, Consistency.FINAL)) {
            var cluster = ReplicaCluster.of(3);
            cluster.calm(20);
            long ticket = cluster.request(1, "a", new Append("x"), consistency);
            cluster.deliverAll();
            assertThat(cluster.replies(ticket)).hasSize(1);
        }
    }

    /// R70c: rows that nobody asked for tell of many events.
    @Test
    void r70RowsForWhichNobodyWaitsAreToldTogether() {
        var cluster = ReplicaCluster.of(3);
        cluster.calm(20);
        for (int i = 0; i < 10; i++) {
            cluster.request(1, "a", new Append("x" + i), Consistency.FAST);
            assertThat(cluster.deliverAll()).isEqualTo(2);
            cluster.now += Replica.HELD_MILLIS;
        }
        assertThat(cluster.node(1).replica.status().outstanding()).isEqualTo(10);
        cluster.tick(cluster.settings.resendMillis() / 2);
        assertThat(cluster.deliverAll()).isEqualTo(4);
        for (long node = 1; node <= 3; node++) {
            assertThat(cluster.node(node).replica.status().outstanding()).isZero();
        }
    }

    /// R70b: events that follow each other closely go together.
    @Test
    void r70EventsForWhichNobodyWaitsAreToldTogetherIfTheyFollowEachOther() {
        var cluster = ReplicaCluster.of(3);
        cluster.calm(20);
        Replica replica = cluster.node(1).replica;
        cluster.request(1, "a", new Append("alone"), Consistency.FAST);
        assertThat(cluster.deliverAll()).as("a lone event goes at once").isEqualTo(2);
        assertThat(replica.holdsBack()).isFalse();
        for (int i = 0; i < 10; i++) {
            cluster.request(1, "a", new Append("x" + i), Consistency.FAST);
        }
        assertThat(cluster.deliverAll()).isZero();
        assertThat(replica.holdsBack()).isTrue();
        replica.release(cluster.now);
        cluster.node(1).settle();
        assertThat(cluster.deliverAll()).isEqualTo(2);
        assertThat(replica.holdsBack()).isFalse();
        assertThat(cluster.node(3).replica.status().outstanding()).isEqualTo(11);
    }

    /// R70a: with them goes what was held back.
    @Test
    void r70EventsThatAreHeldBackGoWithOneForWhichSomebodyWaits() {
        var cluster = ReplicaCluster.of(3);
        cluster.calm(20);
        for (int i = 0; i < 3; i++) {
            cluster.request(1, "a", new Append("x" + i), Consistency.FAST);
            cluster.deliverAll();
        }
        assertThat(cluster.node(1).replica.holdsBack()).isTrue();
        long ticket = cluster.request(1, "a", new Append("y"), Consistency.DURABLE);
        assertThat(cluster.node(1).replica.holdsBack()).isFalse();
        cluster.deliverAll();
        assertThat(cluster.replies(ticket)).hasSize(1);
        assertThat(cluster.words(2, "a")).isEqualTo(cluster.words(1, "a")).hasSize(4);
    }

    /// R70: what nobody waits for travels in company.
    @Test
    void r70WhoTakesPartNoLongerHoldsNothingBack() {
        var cluster = ReplicaCluster.of(3);
        cluster.calm(20);
        cluster.request(1, "a", new Append("x"), Consistency.FAST);
        cluster.request(1, "a", new Append("y"), Consistency.FAST);
        assertThat(cluster.node(1).replica.holdsBack()).isTrue();
        cluster.node(1).replica.oldCopyDetected(cluster.now);
        cluster.node(1).settle();
        assertThat(cluster.node(1).replica.status().phase()).isNotEqualTo(ReplicaStatus.Phase.PARTICIPATING);
        assertThat(cluster.node(1).replica.holdsBack()).isFalse();
    }

    /// R70a: however many there are.
    @Test
    void r70MoreEventsThanADeltaHoldsGoAtOnceAllTheSame() {
        var cluster = ReplicaCluster.of(3);
        cluster.calm(20);
        var replica = cluster.node(1).replica;
        Bytes event = Bytes.wrap(Journalled.TYPE.eventCodecs().events().encode(new Append("x")));
        for (int i = 1; i <= 1_500; i++) {
            replica.request(
                    i,
                    new Request(
                            new RequestId(9, i), null, ReplicaCluster.address("a"), event, null, Consistency.DURABLE),
                    cluster.now);
        }
        cluster.node(1).settle();
        assertThat(replica.holdsBack()).isFalse();
        assertThat(cluster.flying).as("three deltas for each of the others").hasSize(6);
    }

    /// R68: rows by way of others.
    @Test
    void r68WhoIsCutOffFromOneLearnsItsRowFromAnother() {
        var cluster = ReplicaCluster.of(3);
        cluster.cutBetween(1, 3);
        long here = cluster.request(1, "a", new Append("x"), Consistency.FINAL);
        long there = cluster.request(3, "a", new Append("y"), Consistency.FINAL);
        cluster.calm(400);
        assertThat(cluster.replies(here)).hasSize(1);
        assertThat(cluster.replies(there)).hasSize(1);
        assertThat(cluster.words(1, "a")).isEqualTo(cluster.words(3, "a"));
        assertThat(cluster.node(1).replica.status().silentMillis().getLast()).isGreaterThan(5_000);
    }

    @Test
    void aClockThatIsSetBackHoldsNothingUp() {
        var cluster = ReplicaCluster.of(3);
        cluster.request(1, "a", new Append("x"), Consistency.FAST);
        cluster.flying.clear();
        cluster.tick(1);
        cluster.now -= 30_000;
        cluster.calm(20);
        assertThat(cluster.node(3).replica.status().folded()).isEqualTo(1);
    }

    @Test
    void anEventThatOverflowsTheStackIsRefusedBeforeItIsAccepted() {
        var cluster = ReplicaCluster.of(3);
        for (Consistency consistency : Consistency.values()) {
            long ticket = cluster.request(1, "a", new Journalled.Endless(), consistency);
            assertThat(cluster.replies(ticket))
                    .singleElement()
                    .isInstanceOfSatisfying(
                            Reply.Refused.class,
                            reply -> assertThat(reply.reason()).isEqualTo(Reply.Refusal.UNREADABLE));
        }
        long next = cluster.request(1, "a", new Append("x"), Consistency.FINAL);
        cluster.calm(5);
        assertThat(cluster.replies(next)).hasSize(1);
        assertThat(cluster.words(2, "a")).containsExactly("x");
    }

    /// R35b: only when enough of those that stay have promised.
    @Test
    void r35NoSetIsDecidedWhoseMajorityDoesNotPromise() {
        var cluster = ReplicaCluster.of(3);
        cluster.node(3).up = false;
        var second = cluster.node(2).replica.status().self();
        cluster.node(1).replica.change(new Change(List.of(second), List.of()), cluster.now);
        cluster.node(1).settle();
        cluster.calm(200);
        assertThat(cluster.node(1).replica.status().participants()).hasSize(3);
        assertThat(cluster.node(1).replica.status().frozen()).isFalse();
    }

    /// R35b: the added participant does not count.
    @Test
    void r35WhoIsAddedDoesNotCountAsThere() {
        var cluster = ReplicaCluster.of(3);
        cluster.join(4, 1);
        cluster.calm(20);
        cluster.node(2).up = false;
        var third = cluster.node(3).replica.status().self();
        cluster.node(1).replica.change(new Change(List.of(third), List.of(new NodeId(4))), cluster.now);
        cluster.node(1).settle();
        cluster.calm(200);
        assertThat(cluster.node(1).replica.status().participants())
                .extracting(ParticipantId::node)
                .containsExactly(new NodeId(1), new NodeId(2), new NodeId(3));
    }

    /// R35c: an empty change instead.
    @Test
    void r35AnEpochIsNotFrozenForLongerThanATimeoutByAChangeThatIsNotPrudent() {
        var cluster = ReplicaCluster.of(3);
        cluster.node(3).up = false;
        var second = cluster.node(2).replica.status().self();
        cluster.node(1).replica.change(new Change(List.of(second), List.of()), cluster.now);
        cluster.node(1).settle();
        cluster.calm((int) cluster.settings.decideTimeoutMillis() / 50 + 2);
        assertThat(cluster.node(1).replica.status().frozen()).isFalse();
        assertThat(cluster.node(1).replica.status().epoch()).isEqualTo(1);
        assertThat(cluster.node(1).replica.status().participants()).hasSize(3);
    }

    /// I6: one decision per epoch.
    @Test
    void aSecondDifferentDecisionOfAnEpochStopsTheShard() {
        var cluster = ReplicaCluster.of(3);
        var first = cluster.node(1);
        var third = cluster.node(3).replica.status().self();
        cluster.node(3).up = false;
        first.replica.change(new Change(List.of(third), List.of()), cluster.now);
        first.settle();
        // Before all have been heard in the next epoch, the decision is kept.
        for (int i = 0; i < 1_000 && first.replica.status().epoch() == 0; i++) {
            if (!cluster.deliverOne(0, 0)) {
                cluster.tick(50);
            }
        }
        var remaining = first.replica.status().participants();
        var cut = new Decision.Cut(third, 0);
        var same = new Message.Decisions(0, List.of(new Decision(remaining, List.of(cut), List.of())));
        first.replica.receive(new NodeId(2), same, cluster.now);
        assertThat(first.replica.status().epoch()).isEqualTo(1);
        var other = new Message.Decisions(
                0, List.of(new Decision(remaining, List.of(new Decision.Cut(third, 1)), List.of())));
        assertThatThrownBy(() -> first.replica.receive(new NodeId(2), other, cluster.now))
                .isInstanceOf(Invariant.Broken.class)
                .hasMessageContaining("decided once");
    }

    /// R40a: the replicas keep 64 decisions.
    @Test
    void r40NoChangeIsMadeWhileSomebodyIsFarBehindUnlessItIsTakenOut() {
        var cluster = ReplicaCluster.of(3);
        cluster.node(3).up = false;
        var second = cluster.node(2).replica.status().self();
        var third = cluster.node(3).replica.status().self();
        for (int i = 0; i < Proposer.MOST_DECISIONS + 10; i++) {
            cluster.node(1).replica.change(new Change(List.of(second), List.of()), cluster.now);
            cluster.node(1).settle();
            cluster.calm((int) cluster.settings.decideTimeoutMillis() / 50 + 2);
        }
        assertThat(cluster.node(1).replica.status().epoch()).isEqualTo(Proposer.MOST_DECISIONS);
        assertThat(cluster.node(1).replica.status().frozen()).isFalse();

        cluster.node(1).replica.change(new Change(List.of(third), List.of()), cluster.now);
        cluster.node(1).settle();
        cluster.calm(20);
        assertThat(cluster.node(1).replica.status().participants()).hasSize(2);
        assertThat(cluster.node(2).replica.status().epoch()).isEqualTo(Proposer.MOST_DECISIONS + 1);
    }

    /// R49b: who was out itself may know only where the events of an earlier participant of that node ended.
    @Test
    void r49TheCutOfAnEarlierParticipantOfTheNodeSaysNothingOfThisOnesEvents() {
        var cluster = ReplicaCluster.of(3);
        var first = cluster.node(3).replica.status().self();
        var joiner = cluster.join(4, 1);
        cluster.calm(20);
        cluster.node(1).replica.change(new Change(List.of(), List.of(joiner.id)), cluster.now);
        cluster.node(1).settle();
        cluster.calm(20);
        var second = joiner.replica.status().self();
        assertThat(second.epoch()).isPositive();
        cluster.node(1).up = false;
        cluster.node(2).up = false;
        cluster.node(3).up = false;
        cluster.request(4, "a", new Append("x"), Consistency.FAST);
        assertThat(joiner.replica.status().salvage()).isEmpty();

        var earlier = new Decision.Cut(new ParticipantId(joiner.id, 0), 100);
        joiner.replica.receive(first.node(), new Message.Removed(9, List.of(first), List.of(earlier)), cluster.now);
        joiner.settle();
        assertThat(joiner.replica.status().salvage()).hasSize(1);
    }

    /// R44c: the joiner begins again where placement still wants it.
    @Test
    void r44AJoinerCopiesFromWhoeverStillWishesForIt() {
        var cluster = ReplicaCluster.of(2);
        cluster.request(1, "a", new Append("x"), Consistency.FAST);
        var joiner = cluster.join(3, 2);
        for (int i = 0; i < 150; i++) {
            cluster.calm(1);
            joiner.replica.copyFrom(List.of(new NodeId(1)));
        }
        assertThat(cluster.node(1).replica.status().readyJoiners()).containsExactly(new NodeId(3));
    }

    /// R44b, R71e: else a node whose question was long on its way would be added again, though it has not dropped the
    /// participant that it was, and would take its store for an old copy.
    @Test
    void r44AQuestionThatWasLongOnItsWayMakesNobodyReady() {
        var cluster = ReplicaCluster.of(2);
        cluster.request(1, "a", new Append("x"), Consistency.FAST);
        var joiner = cluster.join(3, 1);
        cluster.tick(50);
        var late = cluster.flying.stream()
                .filter(one -> one.from().equals(joiner.id))
                .toList();
        assertThat(late).isNotEmpty();
        cluster.calm(5);
        cluster.node(1).replica.change(new Change(List.of(), List.of(joiner.id)), cluster.now);
        cluster.node(1).settle();
        cluster.calm(20);
        ParticipantId was = joiner.replica.status().self();
        assertThat(joiner.replica.status().phase()).isEqualTo(ReplicaStatus.Phase.PARTICIPATING);
        joiner.up = false;
        cluster.node(1).replica.change(new Change(List.of(was), List.of()), cluster.now);
        cluster.node(1).settle();
        cluster.calm(5);
        cluster.flying.addAll(late);
        cluster.calm(5);
        assertThat(cluster.node(1).replica.status().participants()).hasSize(2);
        assertThat(cluster.node(1).replica.status().readyJoiners()).isEmpty();
    }

    /// R44c: two participants that do not see each other may both wish for a copy.
    @Test
    void r44ACopyDoesNotBeginAgainAndAgainWhereTwoWishForIt() {
        var cluster = ReplicaCluster.of(2);
        cluster.request(1, "a", new Append("x"), Consistency.FAST);
        var joiner = cluster.join(3, 2);
        for (int i = 0; i < 150; i++) {
            cluster.calm(1);
            joiner.replica.copyFrom(List.of(new NodeId(1 + i % 2)));
        }
        assertThat(cluster.node(1).replica.status().readyJoiners()).isEmpty();
        assertThat(cluster.node(2).replica.status().readyJoiners()).containsExactly(new NodeId(3));
    }

    /// R44, R66: a piece and the word to begin again can come together, before anything was stored.
    @Test
    void r44ACopyThatBeginsAgainLeavesNothingOfTheFirstInTheIndex() {
        var cluster = ReplicaCluster.of(2);
        cluster.request(1, "a", new Append("x"), Consistency.FAST);
        cluster.calm(5);
        var joiner = cluster.join(3, 1);
        cluster.tick(50);
        cluster.deliverOne(0, 0);
        var piece = cluster.flying.removeFirst();
        joiner.up = false;
        cluster.request(1, "a", new Append("y"), Consistency.FAST);
        cluster.calm(5);
        joiner.up = true;
        var message =
                (Message.Piece) MessageCodec.read(new WireInput(piece.bytes().shared()));
        joiner.replica.receive(piece.from(), message, cluster.now);
        joiner.replica.receive(
                piece.from(), new Message.StartOver(message.attempt(), List.of(new NodeId(2))), cluster.now);
        joiner.settle();
        cluster.calm(20);
        cluster.checkpoint();
        assertThat(joiner.stored.states).isEqualTo(cluster.node(2).stored.states);
        assertThat(joiner.stored.tags).isEqualTo(cluster.node(2).stored.tags);
    }

    /// R69: no start for one that was dropped.
    @Test
    void r69ACopyThatWasBegunAgainAfterARestartTakesNoStartOfADroppedParticipant() {
        var cluster = ReplicaCluster.of(2);
        var joiner = cluster.join(3, 1);
        cluster.calm(5);
        joiner.replica = Replica.recover(joiner.setup(), List.of(new NodeId(1)), new RetiredPlace(1, 1));
        cluster.node(1).replica.change(new Change(List.of(), List.of(new NodeId(3))), cluster.now);
        cluster.node(1).settle();
        cluster.calm(50);
        assertThat(cluster.node(1).replica.status().epoch()).isEqualTo(1);
        assertThat(joiner.replica.status().phase()).isEqualTo(ReplicaStatus.Phase.COPYING);
    }

    /// R44: copy first.
    @Test
    void r44AJoinerWithoutSourcesWaitsUntilAParticipantSpeaks() {
        var cluster = ReplicaCluster.of(1);
        var joiner = cluster.join(2);
        cluster.calm(5);
        assertThat(joiner.replica.status().phase()).isEqualTo(ReplicaStatus.Phase.COPYING);
    }

    /// R54: too old to know.
    @Test
    void r54WhatIsOlderThanTheMemoryIsNotAppliedAgain() {
        var forgetful = new ReplicaSettings(60_000, 200, 2_000, 1_000, 1, 256, 3_600_000, 1_000, 64, 1024);
        var cluster = new ReplicaCluster(1, 1, forgetful);
        var id = new RequestId(1, 1);
        long first = cluster.request(1, id, "a", new Append("x"), Consistency.FAST);
        var birth = ((Reply.Answered) cluster.replies(first).getFirst()).id();
        long known = cluster.retry(1, id, birth, "a", new Append("x"));
        assertThat(cluster.replies(known)).singleElement().isInstanceOf(Reply.Answered.class);
        for (long client = 2; client <= 4; client++) {
            cluster.request(1, new RequestId(2 * client, 1), "a", new Append("y" + client), Consistency.FAST);
        }
        long late = cluster.retry(1, id, birth, "a", new Append("x"));
        assertThat(cluster.replies(late))
                .singleElement()
                .isInstanceOfSatisfying(
                        Reply.Refused.class, reply -> assertThat(reply.reason()).isEqualTo(Reply.Refusal.TOO_OLD));
        assertThat(cluster.words(1, "a")).containsExactly("x", "y2", "y3", "y4");
    }

    /// R52a: ids are kept longer than outputs.
    @Test
    void r52ARequestWhoseOutputIsForgottenIsStillKnown() {
        var forgetful = new ReplicaSettings(60_000, 200, 2_000, 1_000, 1, 12_800, 3_600_000, 1_000, 64, 1024);
        var cluster = new ReplicaCluster(1, 1, forgetful);
        var id = new RequestId(2, 1);
        cluster.request(1, id, "a", new Append("x"), Consistency.FAST);
        cluster.request(1, new RequestId(2, 2), "a", new Append("y"), Consistency.FAST);
        cluster.node(1).restart();
        long again = cluster.request(1, id, "a", new Append("x"), Consistency.FAST);
        assertThat(cluster.replies(again))
                .singleElement()
                .isInstanceOfSatisfying(
                        Reply.Refused.class,
                        reply -> assertThat(reply.reason()).isEqualTo(Reply.Refusal.ALREADY_APPLIED));
        assertThat(cluster.words(1, "a")).containsExactly("x", "y");
    }
}
