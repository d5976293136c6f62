package io.legion.core.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.core.Consistency;
import io.legion.core.ParticipantId;
import io.legion.core.RequestId;
import io.legion.core.codec.WireInput;
import io.legion.core.shard.Journalled.Append;
import java.util.List;
import org.junit.jupiter.api.Test;

/// R71, R72: what others know shows that a store is an older copy of itself.
final class OldCopyTest {
    private static final long RETURN = ReplicaSettings.defaults().returnMillis();

    private final ReplicaCluster cluster = calmTrio();

    private static ReplicaCluster calmTrio() {
        var cluster = ReplicaCluster.of(3);
        cluster.request(1, "a", new Append("early"), Consistency.FINAL);
        cluster.calm(30);
        return cluster;
    }

    private ReplicaStatus status(long node) {
        return cluster.node(node).replica.status();
    }

    private void restore(long node, StoredWrites copy) {
        cluster.flying.clear();
        cluster.node(node).stored.become(copy);
        cluster.node(node).restart();
    }

    private long request(long node, String word, Consistency consistency) {
        return cluster.request(node, "a", new Append(word), consistency);
    }

    private void assertIsFound(long node) {
        assertThat(status(node).phase()).isEqualTo(ReplicaStatus.Phase.OLD_COPY);
        assertThat(cluster.node(node).alarms)
                .filteredOn(alarm -> alarm.kind() == Alarm.Kind.OLD_COPY_HERE)
                .singleElement()
                .satisfies(alarm -> assertThat(alarm.text()).contains("Start this node again"));
    }

    @Test
    void r71ItsOwnEventsThatOthersHaveAndItHasNotAreFound() {
        StoredWrites copy = cluster.node(1).stored.copy();
        request(1, "late", Consistency.FAST);
        cluster.calm(10);
        restore(1, copy);
        cluster.calm(5);
        assertIsFound(1);
    }

    @Test
    void r71OneMessageWithSeveralPiecesOfEvidenceRaisesOneAlarm() {
        var more = VersionVector.EMPTY.with(status(1).self(), 100);
        var row = new Message.Row(status(3).self(), more);
        var delta = new Message.Delta(0, status(2).self(), List.of(), more, 0, 0, false, false, List.of(row), 0, 0);
        cluster.node(1).replica.receive(cluster.node(2).id, delta, cluster.now);
        cluster.node(1).settle();
        assertIsFound(1);
    }

    @Test
    void r71OthersEventsThatItSaidItHadAreFound() {
        StoredWrites copy = cluster.node(1).stored.copy();
        request(2, "late", Consistency.DURABLE);
        cluster.calm(10);
        restore(1, copy);
        cluster.calm(5);
        assertIsFound(1);
    }

    @Test
    void r71WhatFoldedElsewhereWithItsRowIsFoundAlsoWhenNobodyRemembersTheRow() {
        StoredWrites copy = cluster.node(1).stored.copy();
        request(2, "late", Consistency.FINAL);
        cluster.checkpoint();
        cluster.node(2).restart();
        cluster.node(3).restart();
        restore(1, copy);
        cluster.calm(5);
        assertIsFound(1);
    }

    @Test
    void r71WhatADecisionTakesForFoldedIsFound() {
        request(2, "before", Consistency.FINAL);
        cluster.checkpoint();
        StoredWrites copy = cluster.node(1).stored.copy();
        request(2, "late", Consistency.FINAL);
        cluster.checkpoint();
        cluster.node(3).replica.change(new Change(List.of(status(2).self()), List.of()), cluster.now);
        cluster.node(3).settle();
        while (status(3).epoch() == 0) {
            assertThat(cluster.deliverOne(0, 0)).isTrue();
        }
        assertThat(status(1).epoch()).isZero();
        var decision = cluster.flying.stream()
                .filter(one -> one.to().equals(cluster.node(1).id))
                .filter(one -> MessageCodec.read(new WireInput(one.bytes().shared())) instanceof Message.Decisions)
                .toList();
        restore(1, copy);
        cluster.flying.clear();
        cluster.flying.addAll(decision);
        cluster.deliverAll();
        assertIsFound(1);
    }

    @Test
    void r71AnEpochThatItHadEnteredIsFoundAlsoWhenTheDecisionIsForgotten() {
        StoredWrites copy = cluster.node(1).stored.copy();
        cluster.node(2).replica.change(Change.NONE, cluster.now);
        cluster.node(2).settle();
        cluster.calm(20);
        assertThat(status(1).epoch()).isEqualTo(1);
        cluster.node(2).restart();
        cluster.node(3).restart();
        cluster.calm(20);
        restore(1, copy);
        cluster.calm(20);
        assertIsFound(1);
    }

    @Test
    void r71APromiseThatSomebodyCountsOnAndItDoesNotKnowIsFound() {
        StoredWrites copy = cluster.node(1).stored.copy();
        cluster.cutBetween(1, 2);
        cluster.node(3)
                .replica
                .change(new Change(List.of(status(3).participants().get(1)), List.of()), cluster.now);
        cluster.node(3).settle();
        deliverUntilFrozen(1);
        assertThat(status(3).frozen()).isTrue();
        deliverUntilPromiseIsHeard();
        restore(1, copy);
        cluster.cut.clear();
        cluster.calm(5);
        assertIsFound(1);
    }

    /// The prepare reaches node 1, and nothing else reaches anybody.
    private void deliverUntilFrozen(long node) {
        cluster.cutBetween(2, 3);
        cluster.cut.add("3>2");
        while (!status(node).frozen() && cluster.deliverOne(0, 0)) {
            // One more message.
        }
        assertThat(status(node).frozen()).isTrue();
    }

    /// The promise reaches node 3, whose value nobody hears.
    private void deliverUntilPromiseIsHeard() {
        cluster.cut.add("3>1");
        cluster.deliverAll();
    }

    @Test
    void r71ACopyFromBeforeTheShardWasTakenOnIsFoundWhenItBeginsToCopy() {
        var joiner = cluster.join(4, 1);
        cluster.calm(10);
        StoredWrites copying = joiner.stored.copy();
        cluster.node(1).replica.change(new Change(List.of(), List.of(joiner.id)), cluster.now);
        cluster.node(1).settle();
        cluster.calm(40);
        request(4, "late", Consistency.FAST);
        cluster.calm(10);
        joiner.stored.become(copying);
        joiner.replica = Replica.recover(joiner.setup(), List.of(cluster.node(1).id), RetiredPlace.NONE);
        joiner.settle();
        cluster.calm(40);
        assertIsFound(4);
    }

    @Test
    void r71TwoEventsUnderOneNumberAreNotTakenAndBothSidesSaySo() {
        cluster.checkpoint();
        StoredWrites copy = cluster.node(1).stored.copy();
        long first = request(1, "first", Consistency.FAST);
        cluster.calm(1);
        for (long other : List.of(2L, 3L)) {
            cluster.cutBetween(1, other);
        }
        restore(1, copy);
        cluster.tick(RETURN / 2);
        cluster.calm((int) RETURN / 50 + 60);
        assertThat(status(1).returning()).isFalse();
        RequestId id = new RequestId(70, 1);
        long second = cluster.request(1, id, "a", new Append("second"), Consistency.FAST);
        assertThat(cluster.replies(second)).hasSize(1);
        cluster.cut.clear();
        cluster.calm(100);
        assertThat(cluster.replies(first)).hasSize(1);
        assertIsFound(1);
        assertThat(status(1).salvage()).containsExactly(id);
        assertThat(cluster.resubmissions).anyMatch(again -> again.id().equals(id));
        assertThat(cluster.words(2, "a")).containsExactly("early", "first");
        assertThat(java.util.stream.Stream.of(2L, 3L).flatMap(node -> cluster.node(node).alarms.stream()))
                .anyMatch(alarm -> alarm.kind() == Alarm.Kind.OLD_COPY_THERE);
    }

    @Test
    void r71AnOldCopyTakesNoPartAnyMoreAndStaysSoOverARestart() {
        StoredWrites copy = cluster.node(1).stored.copy();
        request(1, "late", Consistency.FAST);
        cluster.calm(10);
        restore(1, copy);
        long waiting = request(1, "next", Consistency.FAST);
        cluster.calm(5);
        cluster.node(1).restart();
        cluster.calm(5);
        assertThat(status(1).phase()).isEqualTo(ReplicaStatus.Phase.OLD_COPY);
        assertThat(cluster.replies(waiting)).singleElement().isInstanceOf(Reply.Refused.class);
        long prepared = request(1, "again", Consistency.FAST);
        assertThat(cluster.replies(prepared)).singleElement().isInstanceOf(Reply.Refused.class);
    }

    @Test
    void r71ACopyFromWhenItWasOutIsFoundAfterItCameBackAsAnotherParticipant() {
        cluster.node(2).replica.change(new Change(List.of(status(1).self()), List.of()), cluster.now);
        cluster.node(2).settle();
        cluster.calm(1);
        StoredWrites copy = cluster.node(1).stored.copy();
        assertThat(status(1).phase()).isEqualTo(ReplicaStatus.Phase.REMOVED);
        cluster.calm(100);
        assertThat(status(1).phase()).isEqualTo(ReplicaStatus.Phase.GONE);
        cluster.node(1).replica =
                Replica.join(cluster.node(1).setup(), List.of(cluster.node(2).id), RetiredPlace.of(status(1)));
        cluster.calm(10);
        cluster.node(2).replica.change(new Change(List.of(), List.of(cluster.node(1).id)), cluster.now);
        cluster.node(2).settle();
        cluster.calm(60);
        assertThat(status(1).phase()).isEqualTo(ReplicaStatus.Phase.PARTICIPATING);
        restore(1, copy);
        cluster.calm(100);
        assertIsFound(1);
    }

    @Test
    void r71ACopyFromBeforeItWasOutIsFoundWhenItWasAddedAgainAndHasNotStarted() {
        StoredWrites copy = cluster.node(1).stored.copy();
        removeAndAddAgain(cluster);
        restore(1, copy);
        cluster.calm(20);
        assertIsFound(1);
    }

    @Test
    void r71ItIsFoundAlsoWhileTheDecisionsSinceThenAreKept() {
        var five = ReplicaCluster.of(5);
        StoredWrites copy = five.node(1).stored.copy();
        five.node(5).up = false;
        removeAndAddAgain(five);
        five.flying.clear();
        five.node(1).stored.become(copy);
        five.node(1).restart();
        five.calm(20);
        assertThat(five.node(1).replica.status().phase()).isEqualTo(ReplicaStatus.Phase.OLD_COPY);
    }

    /// Node 1 gave way to an era below the one that counts on it, dropped its copy and copies again.
    @Test
    void r71ACopyThatWasDroppedInIgnoranceOfALaterEpochIsFoundWhenItCopiesAgain() {
        assertThat(phaseOfOneThatCopiesAgain(0)).isEqualTo(ReplicaStatus.Phase.OLD_COPY);
    }

    @Test
    void r71WhatIsSaidOfAnEpochThatTheDroppedReplicaKnewIsNoSignOfAnOldCopy() {
        assertThat(phaseOfOneThatCopiesAgain(1)).isEqualTo(ReplicaStatus.Phase.COPYING);
    }

    /// Node 1 takes part in epoch 1, and copies again, having dropped a replica that knew of so many epochs.
    private ReplicaStatus.Phase phaseOfOneThatCopiesAgain(long known) {
        cluster.node(2).replica.change(new Change(List.of(status(3).self()), List.of()), cluster.now);
        cluster.node(2).settle();
        cluster.calm(20);
        assertThat(status(2).epoch()).isEqualTo(1);
        assertThat(status(2).participants()).contains(status(1).self());
        cluster.flying.clear();
        cluster.node(1).stored.become(new StoredWrites());
        cluster.node(1).replica =
                Replica.join(cluster.node(1).setup(), List.of(cluster.node(2).id), new RetiredPlace(0, known));
        cluster.calm(20);
        return status(1).phase();
    }

    /// Node 1 is removed, drops its copy, copies again and is down when it is added.
    private static void removeAndAddAgain(ReplicaCluster cluster) {
        var first = cluster.node(1);
        var second = cluster.node(2);
        second.replica.change(new Change(List.of(first.replica.status().self()), List.of()), cluster.now);
        second.settle();
        cluster.calm(100);
        assertThat(first.replica.status().phase()).isEqualTo(ReplicaStatus.Phase.GONE);
        first.replica = Replica.join(first.setup(), List.of(second.id), RetiredPlace.of(first.replica.status()));
        cluster.calm(10);
        first.up = false;
        second.replica.change(new Change(List.of(), List.of(first.id)), cluster.now);
        second.settle();
        cluster.calm(20);
        assertThat(second.replica.status().participants())
                .extracting(ParticipantId::node)
                .contains(first.id);
        first.up = true;
    }

    @Test
    void r71OneThatCopiesIsNotOldBecauseAnAnswerToWhoItWasComesLate() {
        var joiner = cluster.join(4, 1);
        cluster.calm(10);
        var late = new Message.Removed(3, List.of(status(1).self(), new ParticipantId(joiner.id, 3)), List.of());
        joiner.replica.receive(cluster.node(1).id, late, cluster.now);
        joiner.settle();
        assertThat(status(4).phase()).isEqualTo(ReplicaStatus.Phase.COPYING);
        assertThat(joiner.alarms).isEmpty();
    }

    @Test
    void r71AnotherShardsFindingIsTrueOfThisOneToo() {
        cluster.node(1).replica.oldCopyDetected(cluster.now);
        cluster.node(1).settle();
        assertIsFound(1);
    }

    @Test
    void r71AnEqualCopyGoesOn() {
        restore(1, cluster.node(1).stored.copy());
        cluster.calm(5);
        assertThat(status(1).phase()).isEqualTo(ReplicaStatus.Phase.PARTICIPATING);
        long ticket = request(1, "next", Consistency.FINAL);
        cluster.calm(10);
        assertThat(cluster.replies(ticket)).singleElement().isInstanceOf(Reply.Answered.class);
    }

    @Test
    void r72WhoComesBackServesOnceAllHaveAnsweredAndNotBefore() {
        cluster.node(1).restart();
        long request = request(1, "x", Consistency.FAST);
        long read = cluster.read(1, "a", false);
        assertThat(cluster.replies(request)).isEmpty();
        assertThat(cluster.replies(read)).isEmpty();
        assertThat(status(1).returning()).isTrue();
        cluster.deliverAll();
        assertThat(cluster.replies(request)).hasSize(1);
        assertThat(cluster.replies(read)).hasSize(1);
        assertThat(status(1).returning()).isFalse();
    }

    @Test
    void r72WithNobodyThereItGoesOnAfterTheTimeSetAndAJumpOfTheClockIsNoTime() {
        cluster.cutBetween(1, 2);
        cluster.cutBetween(1, 3);
        cluster.node(1).restart();
        cluster.tick(50);
        long request = request(1, "x", Consistency.FAST);
        cluster.tick(10 * RETURN);
        assertThat(cluster.replies(request)).isEmpty();
        for (long waited = 0; waited < RETURN; waited += 50) {
            cluster.tick(50);
        }
        assertThat(cluster.replies(request)).hasSize(1);
    }

    @Test
    void r72WhoComesBackPromisesNothingBeforeItHasHeardTheOthers() {
        cluster.cutBetween(1, 2);
        cluster.node(1).restart();
        cluster.node(3).replica.change(Change.NONE, cluster.now);
        cluster.node(3).settle();
        cluster.flying.removeIf(
                message -> message.to().value() == 2 || message.from().value() == 2);
        while (cluster.deliverOne(0, 0)) {
            cluster.flying.removeIf(
                    message -> message.to().value() == 2 || message.from().value() == 2);
        }
        assertThat(status(1).frozen()).isFalse();
        cluster.cut.clear();
        cluster.calm(30);
        assertThat(status(1).epoch()).isEqualTo(1);
    }

    @Test
    void r72WhoComesBackTakesNothingBeforeItKnowsWhatItOriginated() {
        StoredWrites copy = cluster.node(1).stored.copy();
        cluster.cutBetween(1, 2);
        cluster.cutBetween(2, 3);
        request(1, "known to 3", Consistency.FAST);
        cluster.deliverAll();
        restore(1, copy);
        cluster.cut.clear();
        cluster.cutBetween(1, 3);
        int held = status(1).outstanding();
        request(2, "later", Consistency.FAST);
        for (int i = 0; i < 10; i++) {
            cluster.tick(50);
            cluster.deliverAll();
        }
        // Had it shown a row with the later event, that would have folded at 2 before the earlier one came from 3.
        assertThat(status(1).returning()).isTrue();
        assertThat(status(1).outstanding()).isLessThanOrEqualTo(held);
        assertThat(cluster.words(2, "a")).containsExactly("early", "known to 3", "later");
        cluster.cut.clear();
        cluster.calm(20);
        assertIsFound(1);
    }

    @Test
    void r72WhoComesBackShowsTheRowItBeganWithAlsoInALaterEpoch() {
        cluster.cutBetween(1, 2);
        cluster.cutBetween(1, 3);
        request(2, "in the tail", Consistency.FAST);
        cluster.calm(3);
        cluster.node(3).replica.change(Change.NONE, cluster.now);
        cluster.node(3).settle();
        cluster.deliverAll();
        assertThat(status(3).epoch()).isEqualTo(1);
        long folded = status(3).folded();
        cluster.node(1).restart();
        cluster.cut.clear();
        cluster.cutBetween(1, 2);
        for (int i = 0; i < 20; i++) {
            cluster.tick(50);
            cluster.deliverAll();
        }
        assertThat(status(1).returning()).isTrue();
        assertThat(status(1).epoch()).isEqualTo(1);
        assertThat(status(3).entered()).contains(status(1).self());
        assertThat(status(3).folded()).isEqualTo(folded);
        cluster.cut.clear();
        cluster.calm(20);
        assertThat(cluster.words(1, "a")).containsExactly("early", "in the tail");
        assertThat(status(3).folded()).isGreaterThan(folded);
    }

    @Test
    void r72NoMoreWaitForTheReturnThanMayBeOutstanding() {
        var three = new ReplicaSettings(60_000, 200, 2_000, 1_000, 16, 2_048, 3_600_000, 3, 64, 1024);
        var few = new ReplicaCluster(1, 3, three);
        few.node(1).restart();
        var waiting = List.of(few.read(1, "a", false), few.read(1, "a", true), few.read(1, "b", false));
        for (long ticket :
                List.of(few.read(1, "a", false), few.request(1, "a", new Journalled.Append("x"), Consistency.FAST))) {
            assertThat(few.replies(ticket))
                    .singleElement()
                    .isInstanceOfSatisfying(
                            Reply.Refused.class,
                            reply -> assertThat(reply.reason()).isEqualTo(Reply.Refusal.OVERLOADED));
        }
        few.deliverAll();
        assertThat(waiting).allSatisfy(ticket -> assertThat(few.replies(ticket)).hasSize(1));
    }

    @Test
    void r72WhoWaitsNoLongerIsForgotten() {
        cluster.node(1).restart();
        long request = request(1, "x", Consistency.FAST);
        cluster.node(1).replica.forget(request);
        cluster.calm(10);
        assertThat(cluster.replies(request)).isEmpty();
        assertThat(cluster.words(1, "a")).containsExactly("early");
    }

    @Test
    void r72AllComeBackTogetherAfterOneExchange() {
        for (long node : List.of(1L, 2L, 3L)) {
            cluster.node(node).restart();
        }
        cluster.deliverAll();
        for (long node : List.of(1L, 2L, 3L)) {
            assertThat(status(node).returning()).isFalse();
        }
    }

    @Test
    void r72TheOnlyParticipantGoesOnAtOnce() {
        var alone = ReplicaCluster.of(1);
        alone.node(1).restart();
        assertThat(alone.replies(alone.request(1, "a", new Append("x"), Consistency.FINAL)))
                .hasSize(1);
    }
}
