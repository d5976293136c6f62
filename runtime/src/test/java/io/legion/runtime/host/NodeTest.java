package io.legion.runtime.host;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.legion.Account;
import io.legion.core.Bytes;
import io.legion.core.Consistency;
import io.legion.core.IndexRecord;
import io.legion.core.NodeId;
import io.legion.core.PartitionKey;
import io.legion.core.SearchTag;
import io.legion.core.placement.Member;
import io.legion.core.placement.Members;
import io.legion.core.placement.RebalancingSettings;
import io.legion.core.shard.PartitionAddress;
import io.legion.core.shard.Read;
import io.legion.core.shard.ReplicaStatus;
import io.legion.core.shard.Reply;
import io.legion.runtime.frame.Item;
import io.legion.runtime.lane.NoAnswer;
import io.legion.runtime.lane.TestLanes;
import io.legion.runtime.node.NodeSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class NodeTest {

    private final List<TinyNetwork> networks = new ArrayList<>();

    @AfterEach
    void nothingUnexpectedWasLogged() {
        networks.forEach(network -> network.logger.failOnUnexpected());
    }

    private TinyNetwork network() {
        var network = TinyNetwork.usual();
        networks.add(network);
        return network;
    }

    private TinyNetwork threeNodes() {
        var network = network();
        network.found(1);
        network.run(100);
        network.join(2);
        network.join(3);
        assertThat(network.runUntil(60_000, () -> network.isSettled(3)))
                .as("three nodes take part in every shard")
                .isTrue();
        return network;
    }

    @Test
    void whoAsksForAShardThatIsNotThereDoesNoHarm() {
        var node = TestLanes.node();
        node.found(1);
        var alice = new PartitionAddress(Account.TYPE.id(), PartitionKey.of("alice"));

        node.receive(
                new NodeId(9),
                List.of(
                        new Item.AskRead(1, 70_000, 1_000, new Read(alice, false)),
                        new Item.AskPage(2, Account.TYPE.id(), SearchTag.START, 10, List.of(70_000)),
                        new Item.KnownMembers(
                                Members.of(List.of(new Member(new NodeId(9), Member.Status.UP, 1, 1, "", ""))))),
                2);

        assertThat(node.view().members().is(new NodeId(9), Member.Status.UP)).isTrue();
    }

    /// R61, R75: an earlier start described this node by a clock that was ahead, and the others still say so.
    @Test
    void theDescriptionOfTheLatestStartHoldsThoughTheClockWasSetBackSince() {
        var node = TestLanes.node();
        node.found(1_000);
        NodeId self = node.view().members().all().getFirst().node();
        var earlier = new Member(self, Member.Status.UP, 5_000, 7, "elsewhere", "before");

        node.receive(new NodeId(9), List.of(new Item.KnownMembers(Members.of(List.of(earlier)))), 1_001);

        Member present = Objects.requireNonNull(node.view().members().find(self));
        assertThat(present.incarnation()).isEqualTo(5_001);
        assertThat(present.zone()).isNotEqualTo("elsewhere");
    }

    private static List<TinyNetwork.Asking> depositEverywhere(TinyNetwork network, Consistency consistency) {
        var asked = new ArrayList<TinyNetwork.Asking>();
        for (int i = 0; i < 24; i++) {
            asked.add(network.deposit(1 + i % 3, "key" + i, 100 + i, consistency));
        }
        return asked;
    }

    private static void assertAllAnswered(TinyNetwork network, List<TinyNetwork.Asking> asked) {
        assertThat(network.runUntil(20_000, () -> asked.stream().allMatch(TinyNetwork.Asking::isDone)))
                .as("every request is answered")
                .isTrue();
        for (int i = 0; i < asked.size(); i++) {
            assertThat(asked.get(i).cents()).isEqualTo(100 + i);
        }
    }

    @Test
    void aFounderServesAloneAtOnce() {
        var network = network();
        network.found(1);
        var asked = network.deposit(1, "alice", 5, Consistency.FINAL);
        assertThat(network.runUntil(1_000, asked::isDone)).isTrue();
        assertThat(asked.cents()).isEqualTo(5);
    }

    @Test
    void nodesThatJoinTakePartInEveryShard() {
        var network = threeNodes();
        IntStream.range(0, TinyNetwork.SHARDS)
                .forEach(shard -> assertThat(network.participants(shard)).containsExactly(1L, 2L, 3L));
        assertThat(network.node(3).view().members().with(Member.Status.UP)).hasSize(3);
    }

    @Test
    void manyShardsAreCopiedOneAfterTheOtherWithoutPauses() {
        var network = new TinyNetwork(
                NodeSettings.defaults(TinyNetwork.SHARDS).with(new RebalancingSettings(3, 5_000, 1, 1_000)));
        networks.add(network);
        network.found(1);
        network.run(100);
        network.join(2);
        network.join(3);
        // With a pause of half a second after each it would take longer.
        long copies = 2 * TinyNetwork.SHARDS;
        assertThat(network.runUntil(copies * 250, () -> network.isSettled(3))).isTrue();
    }

    /// R62: what the first one would get if it were the only one is not copied to it.
    @Test
    void nodesThatComeShortlyAfterEachOtherAreNotCopiedToInVain() {
        var network = threeNodes();
        var copies = new TreeSet<String>();
        network.join(4);
        network.runUntil(1_500, () -> noted(network, copies));
        network.join(5);
        network.runUntil(30_000, () -> noted(network, copies));
        assertThat(network.isSettled(3)).isTrue();
        var needed = IntStream.range(0, TinyNetwork.SHARDS)
                .boxed()
                .flatMap(shard -> network.participants(shard).stream().map(node -> shard + " at " + node))
                .filter(copy -> copy.endsWith("4") || copy.endsWith("5"))
                .toList();
        assertThat(needed).isNotEmpty();
        assertThat(copies).containsExactlyInAnyOrderElementsOf(needed);
    }

    private static boolean noted(TinyNetwork network, Set<String> copies) {
        for (long node : network.running()) {
            for (int shard = 0; shard < TinyNetwork.SHARDS; shard++) {
                if (node > 3 && network.node(node).view().status(shard).isPresent()) {
                    copies.add(shard + " at " + node);
                }
            }
        }
        return false;
    }

    @Test
    void everyNodeServesRequestsOfEveryConsistency() {
        for (Consistency consistency : Consistency.values()) {
            var network = threeNodes();
            assertAllAnswered(network, depositEverywhere(network, consistency));
            assertThat(network.runUntil(5_000, () -> network.isSettled(3))).isTrue();
        }
    }

    @Test
    void everyNodeReadsWhatWasAnsweredFinalAnywhere() {
        var network = threeNodes();
        assertAllAnswered(network, depositEverywhere(network, Consistency.FINAL));
        for (long at = 1; at <= 3; at++) {
            var read = network.read(at, "key5", true);
            assertThat(network.runUntil(5_000, read::isDone)).isTrue();
            assertThat(read.cents()).isEqualTo(105);
        }
    }

    @Test
    void aFourthNodeReachesShardsOfWhichItHasNoReplica() {
        var network = threeNodes();
        assertAllAnswered(network, depositEverywhere(network, Consistency.FINAL));
        network.join(4);
        assertThat(network.runUntil(60_000, () -> network.isSettled(3))).isTrue();
        for (int i = 0; i < 24; i++) {
            var read = network.read(4, "key" + i, true);
            assertThat(network.runUntil(5_000, read::isDone)).isTrue();
            assertThat(read.cents()).isEqualTo(100 + i);
        }
    }

    /// R63: grace and deadline.
    @Test
    void aDeadNodeIsReplacedAfterTheDeadline() {
        var network = threeNodes();
        network.join(4);
        network.run(20_000);
        assertThat(network.isSettled(3)).isTrue();
        network.kill(2);
        network.run(4_000);
        assertThat(IntStream.range(0, TinyNetwork.SHARDS)
                        .filter(s -> network.participants(s).contains(2L)))
                .as("nothing moves before the deadline")
                .isNotEmpty();
        assertThat(network.runUntil(60_000, () -> network.isSettled(3))).isTrue();
        IntStream.range(0, TinyNetwork.SHARDS)
                .forEach(shard -> assertThat(network.participants(shard)).containsExactly(1L, 3L, 4L));
    }

    @Test
    void requestsGoOnWhileANodeIsDead() {
        var network = threeNodes();
        network.kill(2);
        var asked = new ArrayList<TinyNetwork.Asking>();
        for (int i = 0; i < 24; i++) {
            asked.add(network.deposit(i % 2 == 0 ? 1 : 3, "key" + i, 100 + i, Consistency.DURABLE));
        }
        assertThat(network.runUntil(1_000, () -> asked.stream().allMatch(TinyNetwork.Asking::isDone)))
                .isTrue();
        var settled = network.deposit(1, "bob", 7, Consistency.FINAL);
        assertThat(network.runUntil(20_000, settled::isDone)).isTrue();
        assertThat(settled.cents()).isEqualTo(7);
    }

    @Test
    void aNodeThatStartsAgainInTimeFindsEverythingAsItWas() {
        var network = threeNodes();
        var before = network.node(1).view().status(0).orElseThrow().epoch();
        network.kill(2);
        assertAllAnswered(network, List.of(network.deposit(1, "key0", 100, Consistency.DURABLE)));
        network.run(1_000);
        network.restart(2);
        assertThat(network.runUntil(10_000, () -> network.isSettled(3))).isTrue();
        assertThat(network.node(2).view().status(0).orElseThrow().epoch()).isEqualTo(before);
    }

    /// R71: nothing happens in any shard, so nobody has anything to tell it but once, when it can be reached again.
    @Test
    void anOldCopyFromBeforeTheNodeHeldAShardIsFoundOutAlsoWhereNothingHappens() {
        var network = threeNodes();
        network.run(5_000);
        network.kill(3);
        network.putBackToTheBeginning(3);
        network.restart(3);
        network.run(TinyNetwork.STEP_MILLIS);
        network.loseWhatIsUnderWay();
        assertThat(network.runUntil(20_000, () -> hasGivenUpEverything(network.node(3))))
                .isTrue();
        assertThat(network.runUntil(20_000, () -> network.isSettled(2)))
                .as("the others go on without it")
                .isTrue();
        network.logger.expect(io.legion.service.Logger.Priority.ERROR, "older copy of itself");
        network.logger.allow(io.legion.service.Logger.Priority.ERROR, "older than what this node has told others");
    }

    private static boolean hasGivenUpEverything(Node node) {
        return node.view().members().is(new NodeId(3), Member.Status.GONE)
                && IntStream.range(0, TinyNetwork.SHARDS)
                        .mapToObj(node.view()::status)
                        .allMatch(status -> status.filter(s -> s.phase() == ReplicaStatus.Phase.OLD_COPY)
                                .isPresent());
    }

    /// Others take it for a participant and it has nothing, but nobody has heard it: it copies again, and takes part.
    @Test
    void aNodeThatWasAddedAndStoppedBeforeItStartedIsNoOldCopy() {
        var network = network();
        network.found(1);
        network.join(2);
        assertThat(network.runUntil(60_000, () -> network.isSettled(2))).isTrue();
        network.join(3);
        assertThat(network.runUntil(60_000, () -> isAddedAndNotStarted(network)))
                .isTrue();
        network.kill(3);
        network.restart(3);
        assertThat(network.runUntil(60_000, () -> network.isSettled(3))).isTrue();
        assertThat(network.node(1).view().members().is(new NodeId(3), Member.Status.UP))
                .isTrue();
    }

    private static boolean isAddedAndNotStarted(TinyNetwork network) {
        return IntStream.range(0, TinyNetwork.SHARDS)
                .anyMatch(shard -> network.participants(shard).contains(3L)
                        && network.node(3)
                                .view()
                                .status(shard)
                                .filter(s -> s.phase() == ReplicaStatus.Phase.COPYING)
                                .isPresent());
    }

    /// R50, R51: back as requests, and the node comes back afresh.
    @Test
    void whatWasAnsweredFastOnACutOffNodeComesBackAfterItsRemoval() {
        var network = threeNodes();
        network.cut(2, 1);
        network.cut(2, 3);
        var fast = new ArrayList<TinyNetwork.Asking>();
        for (int i = 0; i < 24; i++) {
            fast.add(network.deposit(2, "key" + i, 100 + i, Consistency.FAST));
        }
        assertAllAnswered(network, fast);
        network.run(10_000);
        assertThat(network.isSettled(0) || network.participants(0).equals(List.of(1L, 3L)))
                .isTrue();
        network.heal();
        assertThat(network.runUntil(120_000, () -> network.isSettled(3))).isTrue();
        for (int i = 0; i < 24; i++) {
            var read = network.read(1, "key" + i, true);
            assertThat(network.runUntil(5_000, read::isDone)).isTrue();
            assertThat(read.cents()).isEqualTo(100 + i);
        }
        network.logger.allow(io.legion.service.Logger.Priority.WARNING, "submitted again");
    }

    /// R41: it asks those who took its place whether it may go; by the time it is back these are gone for good too.
    @Test
    void aRemovedNodeLetsGoOfItsCopyAlsoWhenAllWhoRemovedItAreGone() {
        var network = threeNodes();
        network.join(4);
        assertThat(network.runUntil(60_000, () -> removed(network) != null)).isTrue();
        long[] removed = requireNonNull(removed(network));
        int shard = (int) removed[1];
        network.kill(removed[0]);
        network.run(20_000);
        List<Long> successors = network.participants(shard);
        IntStream.rangeClosed(5, 7).forEach(network::join);
        network.run(20_000);
        for (long successor : successors) {
            network.kill(successor);
            network.run(20_000);
        }
        Node back = network.restart(removed[0]);
        assertThat(network.runUntil(
                        60_000,
                        () -> back.view()
                                .status(shard)
                                .filter(s -> s.phase() == ReplicaStatus.Phase.REMOVED)
                                .isEmpty()))
                .as("it hears that it may go")
                .isTrue();
    }

    /// A node that has just been removed from a shard, and the number of that.
    private static long @Nullable [] removed(TinyNetwork network) {
        for (long id : network.running()) {
            for (int shard = 0; shard < TinyNetwork.SHARDS; shard++) {
                var status = network.node(id).view().status(shard).orElse(null);
                if (status != null && status.phase() == ReplicaStatus.Phase.REMOVED) {
                    return new long[] {id, shard};
                }
            }
        }
        return null;
    }

    @Test
    void aNodeThatLeavesHandsOverFirst() {
        var network = threeNodes();
        network.join(4);
        network.run(20_000);
        assertAllAnswered(network, depositEverywhere(network, Consistency.FINAL));
        network.node(1).leave(network.nowMillis);
        assertThat(network.runUntil(120_000, () -> network.node(1).view().hasLeft()))
                .isTrue();
        network.kill(1);
        assertThat(network.runUntil(10_000, () -> network.isSettled(3))).isTrue();
        for (int i = 0; i < 24; i++) {
            var read = network.read(2, "key" + i, true);
            assertThat(network.runUntil(5_000, read::isDone)).isTrue();
            assertThat(read.cents()).isEqualTo(100 + i);
        }
    }

    @Test
    void theLastNodeHandsOverToThoseWhoComeWhenItIsAboutToLeave() {
        var network = TinyNetwork.usual();
        network.found(1);
        assertAllAnswered(network, List.of(network.deposit(1, "key0", 100, Consistency.FINAL)));
        network.node(1).leave(network.nowMillis);
        network.run(3_000);
        network.join(2);
        network.join(3);
        assertThat(network.runUntil(120_000, () -> network.node(1).view().hasLeft()))
                .isTrue();
        network.kill(1);
        var read = network.read(2, "key0", true);
        assertThat(network.runUntil(5_000, read::isDone)).isTrue();
        assertThat(read.cents()).isEqualTo(100);
    }

    /// R46: it may have been made a participant there, and would be waited for.
    @Test
    void aNodeThatLeavesHasHeardFromAParticipantOfEveryShardBefore() {
        var network = TinyNetwork.usual();
        network.found(1);
        network.run(2_000);
        network.join(2);
        network.cut(1, 2);
        network.node(2).leave(network.nowMillis);
        network.run(60_000);
        assertThat(network.node(2).view().hasLeft()).isFalse();
        network.heal();
        assertThat(network.runUntil(60_000, () -> network.node(2).view().hasLeft()))
                .isTrue();
        assertThat(network.runUntil(10_000, () -> network.isSettled(1))).isTrue();
    }

    /// The others are to have had the time to say that it takes part.
    @Test
    void aNodeThatLeavesAtOnceWhenItIsBackWaitsForAMoment() {
        var network = TinyNetwork.usual();
        network.found(1);
        network.run(2_000);
        network.join(2);
        network.cut(1, 2);
        network.run(10_000);
        network.heal();
        network.node(2).leave(network.nowMillis);
        network.run(600);
        assertThat(network.node(2).view().hasLeft()).isFalse();
        assertThat(network.runUntil(60_000, () -> network.node(2).view().hasLeft()))
                .isTrue();
    }

    @Test
    void anEjectedNodeIsReplacedAtOnce() {
        var network = threeNodes();
        network.join(4);
        network.run(20_000);
        network.kill(3);
        network.node(1).eject(new NodeId(3), network.nowMillis);
        assertThat(network.runUntil(
                        4_900,
                        () -> IntStream.range(0, TinyNetwork.SHARDS)
                                .noneMatch(shard -> network.participants(shard).contains(3L))))
                .isTrue();
    }

    @Test
    void aSearchFindsTheIndexOfTheWholeClusterInOrder() {
        var network = threeNodes();
        network.join(4);
        network.run(20_000);
        var asked = new ArrayList<TinyNetwork.Asking>();
        for (int i = 0; i < 60; i++) {
            asked.add(network.deposit(1 + i % 4, "key" + i, 1 + i / 2, Consistency.FINAL));
        }
        assertThat(network.runUntil(20_000, () -> asked.stream().allMatch(TinyNetwork.Asking::isDone)))
                .isTrue();
        for (int limit : new int[] {1, 7, 100}) {
            List<IndexRecord> found = network.search(4, limit);
            assertThat(found).hasSize(60).doesNotHaveDuplicates().isSorted();
        }
    }

    @Test
    void aSearchGoesOnWithoutANodeThatFails() {
        var network = threeNodes();
        network.join(4);
        network.run(20_000);
        assertAllAnswered(network, depositEverywhere(network, Consistency.FINAL));
        network.kill(2);
        assertThat(network.search(4, 5)).hasSize(24).doesNotHaveDuplicates().isSorted();
    }

    @Test
    void aBrokenFrameIsDroppedWithAWarning() {
        var network = network();
        network.found(1);
        network.node(1).receive(new NodeId(2), Bytes.of("this is no frame"), network.nowMillis);
        network.node(1).receive(new NodeId(2), Bytes.EMPTY, network.nowMillis);
        network.logger.expect(io.legion.service.Logger.Priority.WARNING, "dropped");
        var asked = network.deposit(1, "alice", 5, Consistency.FAST);
        assertThat(network.runUntil(1_000, asked::isDone)).isTrue();
    }

    @Test
    void theSameInputsGiveTheSameFrames() {
        assertThat(threeNodes().frames).isEqualTo(threeNodes().frames);
    }

    @Test
    void aRequestToNobodyIsRefusedAtItsDeadline() {
        var network = network();
        network.join(1);
        var asked = network.deposit(1, "alice", 5, Consistency.FAST);
        network.run(21_000);
        assertThat(asked.failure).extracting(NoAnswer::reason).isEqualTo(NoAnswer.Reason.NOT_AVAILABLE);
    }

    /// R53: once.
    @Test
    void aRequestAskedTwiceOnDifferentNodesChangesTheStateOnce() {
        var network = threeNodes();
        var id = new io.legion.core.RequestId(9, 1);
        var one = network.deposit(1, "alice", 5, Consistency.FAST, id, null, 5_000);
        var two = network.deposit(2, "alice", 5, Consistency.FINAL, id, null, 5_000);
        assertThat(network.runUntil(5_000, () -> one.isDone() && two.isDone())).isTrue();
        assertThat(two.replies.getFirst()).isInstanceOf(Reply.Answered.class);
        var read = network.read(3, "alice", true);
        assertThat(network.runUntil(5_000, read::isDone)).isTrue();
        assertThat(read.cents()).isEqualTo(5);
    }
}
