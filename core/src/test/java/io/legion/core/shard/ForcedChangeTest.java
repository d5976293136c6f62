package io.legion.core.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.core.Consistency;
import io.legion.core.NodeId;
import io.legion.core.ParticipantId;
import io.legion.core.RequestId;
import io.legion.core.codec.WireInput;
import io.legion.core.primitive.Epoch;
import io.legion.core.shard.Journalled.Append;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// R43: what a change does that an operator forces without a majority, and what becomes of those who were away.
class ForcedChangeTest {
    private final ReplicaCluster cluster = ReplicaCluster.of(3);

    private void force(long node, long... lost) {
        var nodes = LongStream.of(lost).mapToObj(NodeId::new).toList();
        cluster.node(node).replica.force(new LossAccepted(nodes), cluster.now);
        cluster.node(node).settle();
    }

    private void isolate(long node) {
        for (long other = 1; other <= 3; other++) {
            cluster.cutBetween(node, other);
        }
    }

    private ReplicaStatus status(long node) {
        return cluster.node(node).replica.status();
    }

    private Overruled overruled(long node) {
        return java.util.Objects.requireNonNull(status(node).overruled());
    }

    /// Node 2 is overruled, with one event that only it and node 3 have, and has only begun to look for it.
    private void beginToList() {
        isolate(1);
        cluster.request(2, request(1), "a", new Append("lost"), Consistency.DURABLE);
        cluster.calm(3);
        force(1, 2, 3);
        cluster.cut.clear();
        for (int i = 0; i < 1_000 && status(2).phase() != ReplicaStatus.Phase.OVERRULED; i++) {
            if (!cluster.deliverOne(0, 0)) {
                cluster.tick(50);
            }
        }
        assertThat(overruled(2).complete()).isFalse();
    }

    private static RequestId request(long number) {
        return new RequestId(50, number);
    }

    @Test
    void r43TheSurvivorGoesOnAloneWithAllThreeAnswers() {
        cluster.request(1, "a", new Append("x"), Consistency.FINAL);
        cluster.calm(3);
        isolate(1);
        long fast = cluster.request(1, "a", new Append("y"), Consistency.FAST);
        long waiting = cluster.request(1, "a", new Append("z"), Consistency.FINAL);
        cluster.calm(20);
        assertThat(cluster.replies(fast)).hasSize(1);
        assertThat(cluster.replies(waiting)).isEmpty();
        force(1, 2, 3);
        assertThat(cluster.replies(waiting)).hasSize(1);
        for (Consistency consistency : Consistency.values()) {
            long ticket = cluster.request(1, "a", new Append("w"), consistency);
            assertThat(cluster.replies(ticket)).singleElement().isInstanceOf(Reply.Answered.class);
        }
        assertThat(cluster.words(1, "a")).containsExactly("x", "y", "z", "w", "w", "w");
        assertThat(Epoch.count(status(1).epoch())).isEqualTo(1);
        assertThat(status(1).participants()).containsExactly(status(1).self());
        assertThat(cluster.node(1).alarms).anyMatch(alarm -> alarm.kind() == Alarm.Kind.FORCED);
    }

    @Test
    void r43WithAMajorityLeftNothingIsForced() {
        cluster.node(3).up = false;
        force(1, 3);
        cluster.calm(100);
        assertThat(status(1).epoch()).isZero();
        assertThat(status(1).frozen()).isFalse();
        assertThat(cluster.node(1).alarms)
                .anyMatch(alarm ->
                        alarm.kind() == Alarm.Kind.FORCED && alarm.text().contains("a majority"));
    }

    @Test
    void r43NobodyDeclaresItselfLost() {
        force(1, 1, 2, 3);
        assertThat(status(1).epoch()).isZero();
        assertThat(cluster.node(1).alarms).anyMatch(alarm -> alarm.text().contains("this node itself"));
    }

    @Test
    void r43ASurvivorThatIsNotDeclaredLostIsWaitedForAndNeverLeftOut() {
        var five = ReplicaCluster.of(5);
        five.cutBetween(1, 2);
        five.node(1).replica.force(new LossAccepted(nodes(3, 4, 5)), five.now);
        five.node(1).settle();
        five.calm(10);
        assertThat(five.node(1).replica.status().epoch()).isZero();
        five.cut.clear();
        five.node(3).up = false;
        five.node(4).up = false;
        five.node(5).up = false;
        five.calm(20);
        assertThat(five.node(1).replica.status().participants()).hasSize(2);
        assertThat(five.node(2).replica.status().epoch())
                .isEqualTo(five.node(1).replica.status().epoch());
        assertThat(Epoch.count(five.node(2).replica.status().epoch())).isEqualTo(1);
    }

    @Test
    void r43ACommandWhoseSurvivorsDoNotAnswerIsGivenUp() {
        var five = ReplicaCluster.of(5);
        five.cutBetween(1, 2);
        five.node(1).replica.force(new LossAccepted(nodes(3, 4, 5)), five.now);
        five.calm(500);
        assertThat(five.node(1).alarms).anyMatch(alarm -> alarm.text().contains("was given up"));
        assertThat(five.node(1).replica.status().epoch())
                .isLessThan(Forcing.eraBy(status(1).self(), 0));
    }

    private static List<NodeId> nodes(long... ids) {
        return LongStream.of(ids).mapToObj(NodeId::new).toList();
    }

    @Test
    void r43WhatASurvivorHoldsOfTheLostOnesStaysInHistory() {
        long fast = cluster.request(2, "a", new Append("told"), Consistency.FAST);
        assertThat(cluster.replies(fast)).hasSize(1);
        cluster.cutBetween(2, 3);
        cluster.cutBetween(1, 3);
        cluster.calm(1);
        cluster.node(2).up = false;
        cluster.node(3).up = false;
        force(1, 2, 3);
        assertThat(cluster.words(1, "a")).containsExactly("told");
        assertThat(status(1).folded()).isEqualTo(1);
    }

    @Test
    void r43WhatOnlyAnotherSurvivorHoldsOfTheLostOnesIsInTheTail() {
        var five = ReplicaCluster.of(5);
        five.cutBetween(3, 1);
        five.request(3, "a", new Append("told to 2"), Consistency.FAST);
        five.calm(1);
        for (long lost = 3; lost <= 5; lost++) {
            five.node(lost).up = false;
        }
        five.flying.clear();
        five.node(1).replica.force(new LossAccepted(nodes(3, 4, 5)), five.now);
        five.node(1).settle();
        five.calm(20);
        assertThat(five.words(1, "a")).containsExactly("told to 2");
        assertThat(five.words(2, "a")).containsExactly("told to 2");
        assertThat(five.node(1).replica.status().folded()).isEqualTo(1);
    }

    @Test
    void r43WhoComesBackGivesWayAndListsWhatIsNotInTheHistory() {
        cluster.request(2, "a", new Append("shared"), Consistency.FINAL);
        cluster.calm(3);
        isolate(1);
        cluster.request(2, request(1), "a", new Append("durable"), Consistency.DURABLE);
        cluster.calm(5);
        force(1, 2, 3);
        cluster.request(1, "a", new Append("after"), Consistency.FINAL);
        cluster.cut.clear();
        cluster.request(2, request(2), "b", new Append("late"), Consistency.FAST);
        cluster.calm(60);

        assertThat(status(2).phase()).isEqualTo(ReplicaStatus.Phase.OVERRULED);
        assertThat(overruled(2).complete()).isTrue();
        assertThat(overruled(2).unfound()).extracting(Unfound::request).containsExactly(request(1), request(2));
        assertThat(overruled(2).unfound())
                .extracting(Unfound::address)
                .containsExactly(ReplicaCluster.address("a"), ReplicaCluster.address("b"));
        assertThat(overruled(2).more()).isZero();
        assertThat(cluster.words(1, "a")).containsExactly("shared", "after");
        assertThat(cluster.words(1, "b")).isEmpty();
        assertThat(cluster.resubmissions).isEmpty();
        assertThat(cluster.node(2).alarms).anyMatch(alarm -> alarm.kind() == Alarm.Kind.OVERRULED);
    }

    @Test
    void r43TheListSurvivesARestartAndIsMadeAnewIfItWasNotComplete() {
        beginToList();
        cluster.node(2).restart();
        assertThat(status(2).phase()).isEqualTo(ReplicaStatus.Phase.OVERRULED);
        cluster.calm(60);
        Overruled complete = overruled(2);
        assertThat(complete.unfound()).extracting(Unfound::request).containsExactly(request(1));
        cluster.node(2).restart();
        assertThat(overruled(2)).isEqualTo(complete);
        assertThat(cluster.node(2).replica.idle()).isTrue();
    }

    @Test
    void r43WhoIsOverruledGoesOnLookingAlsoIfItsNodeWasHeardLater() {
        beginToList();
        var later = new ParticipantId(status(2).self().node(), status(1).epoch());
        var before = new Message.KnownOfYou(status(1).epoch(), status(1).self(), later, VersionVector.EMPTY, null);
        cluster.node(2).replica.receive(new NodeId(1), before, cluster.now);
        cluster.calm(60);
        assertThat(overruled(2).complete()).isTrue();
        assertThat(overruled(2).unfound()).extracting(Unfound::request).containsExactly(request(1));
        assertThat(status(2).phase()).isEqualTo(ReplicaStatus.Phase.OVERRULED);
    }

    @Test
    void r43WhereNothingIsMissingNothingIsKept() {
        cluster.request(2, "a", new Append("x"), Consistency.FINAL);
        cluster.calm(3);
        isolate(1);
        force(1, 2, 3);
        cluster.cut.clear();
        cluster.request(2, request(1), "a", new Append("again"), Consistency.FAST);
        cluster.request(1, request(1), "a", new Append("again"), Consistency.FINAL);
        cluster.calm(60);
        assertThat(status(2).phase()).isEqualTo(ReplicaStatus.Phase.GONE);
        assertThat(overruled(2).count()).isZero();
    }

    @Test
    void r43WhatFoldedAfterThePartingIsListedToo() {
        cluster.request(2, "a", new Append("shared"), Consistency.FINAL);
        cluster.calm(3);
        isolate(1);
        var away = status(1).self();
        cluster.node(2).replica.change(new Change(List.of(away), List.of()), cluster.now);
        cluster.node(2).settle();
        cluster.calm(5);
        long settled = cluster.request(2, request(1), "a", new Append("final"), Consistency.FINAL);
        cluster.calm(25);
        assertThat(cluster.replies(settled)).hasSize(1);
        force(1, 2, 3);
        cluster.cut.clear();
        cluster.node(2)
                .replica
                .receive(new NodeId(1), new Message.AskDecisions(status(1).epoch()), cluster.now);
        cluster.node(2).settle();
        cluster.calm(60);
        assertThat(status(2).phase()).isEqualTo(ReplicaStatus.Phase.OVERRULED);
        assertThat(overruled(2).unfound()).singleElement().satisfies(event -> {
            assertThat(event.request()).isEqualTo(request(1));
            assertThat(event.folded()).isTrue();
        });
        assertThat(overruled(2).more()).isZero();
        assertThat(status(2).folded()).isEqualTo(2);
    }

    @Test
    void r43OfTwoErasForcedAtOnceTheLowerGivesWayAsAWhole() {
        isolate(1);
        cluster.cutBetween(2, 3);
        cluster.request(1, request(1), "a", new Append("one"), Consistency.FAST);
        cluster.request(2, request(2), "a", new Append("two"), Consistency.FAST);
        force(1, 2, 3);
        force(2, 1, 3);
        cluster.request(1, request(3), "a", new Append("ONE"), Consistency.FINAL);
        cluster.request(2, request(4), "a", new Append("TWO"), Consistency.FINAL);
        long higher = status(1).epoch() > status(2).epoch() ? 1 : 2;
        long lower = 3 - higher;
        cluster.cut.clear();
        cluster.tellOf(status(higher), cluster.node(lower));
        cluster.calm(60);
        assertThat(status(higher).phase()).isEqualTo(ReplicaStatus.Phase.PARTICIPATING);
        assertThat(status(lower).phase()).isEqualTo(ReplicaStatus.Phase.OVERRULED);
        assertThat(overruled(lower).unfound())
                .extracting(Unfound::request)
                .containsExactly(request(lower), request(lower + 2));
        assertThat(cluster.words(higher, "a")).isEqualTo(higher == 1 ? List.of("one", "ONE") : List.of("two", "TWO"));
    }

    @Test
    void r43WhoAsksAnEraThatWasOverruledItselfHearsOfTheHigherOne() {
        long higher = forceTwoAndOverruleTheThird();
        long lower = 3 - higher;
        cluster.cut.clear();
        meet(lower, higher);
        assertThat(status(lower).phase()).isEqualTo(ReplicaStatus.Phase.OVERRULED);
        cluster.calm(40);
        assertIsListedBy(higher);
    }

    @Test
    void r43WhoAsksOneThatCameIntoTheHigherEraSinceHearsOfIt() {
        long higher = forceTwoAndOverruleTheThird();
        long lower = 3 - higher;
        cluster.cut.clear();
        cluster.cutBetween(3, lower);
        cluster.node(lower).replica =
                Replica.join(cluster.node(lower).setup(), nodes(higher), RetiredPlace.of(status(lower)));
        cluster.calm(20);
        cluster.node(higher).replica.change(new Change(List.of(), nodes(lower)), cluster.now);
        cluster.node(higher).settle();
        cluster.calm(40);
        assertThat(status(lower).phase()).isEqualTo(ReplicaStatus.Phase.PARTICIPATING);
        cluster.cut.clear();
        cluster.calm(40);
        assertIsListedBy(higher);
    }

    @Test
    void r43WhoAsksOneThatIsOutOfTheEraSinceHearsWhoIsInIt() {
        long lower = 3 - forceTwoAndOverruleTheThird();
        cluster.cut.clear();
        cluster.cutBetween(3, lower);
        cluster.join(4, lower);
        cluster.calm(20);
        change(lower, new Change(List.of(), nodes(4)));
        change(4, new Change(List.of(status(lower).self()), List.of()));
        assertThat(status(4).participants()).containsExactly(status(4).self());
        cluster.cut.clear();
        cluster.calm(40);
        assertIsListedBy(4);
    }

    /// What is outstanding there folds only with node 3's row, and node 3 enters only once its list is complete.
    @Test
    void r43AnEventThatIsOutstandingWhereTheAskersNodeIsWaitedForCountsAsFound() {
        isolate(1);
        cluster.request(3, request(1), "a", new Append("three"), Consistency.FAST);
        force(1, 2, 3);
        change(1, new Change(List.of(), nodes(3)));
        cluster.request(1, request(1), "a", new Append("three"), Consistency.FAST);
        cluster.calm(3);
        assertThat(status(1).outstanding()).isPositive();
        cluster.cut.clear();
        cluster.cutBetween(2, 3);
        meet(3, 1);
        cluster.calm(40);
        assertThat(status(3).phase()).isEqualTo(ReplicaStatus.Phase.GONE);
    }

    private void change(long by, Change change) {
        cluster.node(by).replica.change(change, cluster.now);
        cluster.node(by).settle();
        cluster.calm(60);
    }

    /// Nodes 1 and 2 force, each for itself. Node 3 is overruled by the lower era, and asks in vain.
    ///
    /// @return which of them opened the higher era
    private long forceTwoAndOverruleTheThird() {
        isolate(1);
        isolate(2);
        cluster.request(1, request(2), "a", new Append("one"), Consistency.FAST);
        cluster.request(2, request(3), "a", new Append("two"), Consistency.FAST);
        cluster.request(3, request(1), "a", new Append("three"), Consistency.FAST);
        force(1, 2, 3);
        force(2, 1, 3);
        cluster.deliverAll();
        long higher = status(1).epoch() > status(2).epoch() ? 1 : 2;
        meet(3, 3 - higher);
        assertThat(status(3).phase()).isEqualTo(ReplicaStatus.Phase.OVERRULED);
        cluster.calm(20);
        assertThat(overruled(3).complete()).isFalse();
        return higher;
    }

    /// One hears of the other's era, and nobody of anything else.
    private void meet(long one, long other) {
        var by = new Message.Overruled(status(other).epoch(), status(other).participants(), List.of(0L));
        cluster.node(one).replica.receive(new NodeId(other), by, cluster.now);
        cluster.node(one).settle();
    }

    /// Its store is an old copy, or it has yet to enter. Who takes part in the higher era knows which of the two it is.
    @Test
    void r43AReplicaThatTakesPartInTheHigherEraDoesNotGiveWayToIt() {
        isolate(1);
        StoredWrites before = cluster.node(1).stored.copy();
        force(1, 2, 3);
        cluster.cut.clear();
        cluster.join(4, 1);
        cluster.calm(20);
        change(1, new Change(List.of(), nodes(4)));
        var by = new Message.Overruled(status(4).epoch(), status(4).participants(), List.of(0L));
        cluster.node(1).stored.become(before);
        cluster.node(1).restart();
        cluster.node(1).replica.receive(new NodeId(2), by, cluster.now);
        assertThat(status(1).phase()).isEqualTo(ReplicaStatus.Phase.PARTICIPATING);
        cluster.calm(20);
        assertThat(status(1).phase()).isEqualTo(ReplicaStatus.Phase.OLD_COPY);
    }

    /// It has promised to survive, and then entered another epoch with the others. It holds nothing to list.
    @Test
    void r43AReplicaThatWentAnotherWayGivesWayThoughTheHigherEraCountsOnIt() {
        change(1, new Change(List.of(status(3).self()), List.of()));
        assertThat(status(1).epoch()).isEqualTo(1);
        long higher = Epoch.next(Forcing.eraBy(status(2).self(), 0));
        var by = new Message.Overruled(
                higher, List.of(status(1).self(), status(2).self()), List.of(0L));
        cluster.node(1).replica.receive(new NodeId(3), by, cluster.now);
        assertThat(status(1).phase()).isEqualTo(ReplicaStatus.Phase.GONE);
    }

    private void assertIsListedBy(long node) {
        assertThat(overruled(3).epoch()).isEqualTo(status(node).epoch());
        assertThat(overruled(3).complete()).isTrue();
        assertThat(overruled(3).unfound()).extracting(Unfound::request).containsExactly(request(1));
    }

    @Test
    void r43AnOverruledNodeCopiesTheShardAfreshAndTakesPartInTheNewEra() {
        isolate(1);
        force(1, 2, 3);
        cluster.request(1, "a", new Append("x"), Consistency.FINAL);
        cluster.cut.clear();
        cluster.join(4, 1);
        cluster.calm(20);
        cluster.node(1).replica.change(new Change(List.of(), List.of(new NodeId(4))), cluster.now);
        cluster.node(1).settle();
        cluster.calm(40);
        assertThat(status(4).phase()).isEqualTo(ReplicaStatus.Phase.PARTICIPATING);
        assertThat(status(4).self().epoch())
                .isEqualTo(Epoch.next(Forcing.eraBy(status(1).self(), 0)));
        long settled = cluster.request(4, "a", new Append("y"), Consistency.FINAL);
        cluster.calm(10);
        assertThat(cluster.replies(settled)).hasSize(1);
        assertThat(cluster.words(1, "a")).containsExactly("x", "y");
        cluster.node(4).restart();
        assertThat(status(4).epoch()).isEqualTo(status(1).epoch());
    }

    /// R43: two forces name node 2. Where it does not come, an alarm names the call that ends the wait, and that call
    /// does end it.
    @Test
    void r43ASurvivorThatWentWithAnotherForceIsNamedWithTheCallThatGoesOnWithoutIt() {
        var four = ReplicaCluster.of(4);
        long waiting = forceOnBothSidesOfTwo(four);
        four.calm(190);
        assertThat(four.node(waiting).alarms).noneMatch(alarm -> alarm.kind() == Alarm.Kind.SURVIVOR_MISSING);
        four.calm(20);
        assertThat(four.node(waiting).alarms)
                .filteredOn(alarm -> alarm.kind() == Alarm.Kind.SURVIVOR_MISSING)
                .singleElement()
                .extracting(Alarm::text)
                .asString()
                .contains("call operations().force(Set.of(new NodeId(0x2L))) here");
        four.node(waiting).replica.force(new LossAccepted(List.of(new NodeId(2))), four.now);
        four.node(waiting).settle();
        four.calm(25);
        long ticket = four.request(waiting, "a", new Append("goes on"), Consistency.FINAL);
        assertThat(four.replies(ticket)).singleElement().isInstanceOf(Reply.Answered.class);
        ReplicaStatus latest = four.node(waiting).replica.status();
        for (long node : List.of(4 - waiting, 2L)) {
            four.tellOf(latest, four.node(node));
            four.calm(20);
            assertThat(four.node(node).replica.status().phase())
                    .isIn(ReplicaStatus.Phase.OVERRULED, ReplicaStatus.Phase.GONE);
        }
    }

    /// Nodes 1 and 3 force at once, while node 4 is down, and both count on node 2, which goes with the lower era.
    ///
    /// @return the one of the two that node 2 did not go with
    private static long forceOnBothSidesOfTwo(ReplicaCluster four) {
        four.node(4).up = false;
        four.deliverAll();
        for (long node : List.of(1L, 3L)) {
            four.node(node).replica.force(new LossAccepted(List.of(new NodeId(4 - node), new NodeId(4))), four.now);
            four.node(node).settle();
        }
        deliver(four, 1, 2);
        deliver(four, 3, 2);
        deliver(four, 2, 1);
        deliver(four, 2, 3);
        long lower = four.node(1).replica.status().epoch()
                        < four.node(3).replica.status().epoch()
                ? 1
                : 3;
        deliver(four, lower, 2);
        assertThat(four.node(2).replica.status().epoch())
                .isEqualTo(four.node(lower).replica.status().epoch());
        return 4 - lower;
    }

    private static void deliver(ReplicaCluster cluster, long from, long to) {
        for (var flying : List.copyOf(cluster.flying)) {
            if (flying.from().value() == from && flying.to().value() == to) {
                cluster.flying.remove(flying);
                Message message = MessageCodec.read(new WireInput(flying.bytes().shared()));
                cluster.node(to).replica.receive(flying.from(), message, cluster.now);
                cluster.node(to).settle();
            }
        }
    }
}
