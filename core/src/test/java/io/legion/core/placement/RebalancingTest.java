package io.legion.core.placement;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.core.NodeId;
import io.legion.core.ParticipantId;
import io.legion.core.shard.Change;
import io.legion.core.shard.ReplicaStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class RebalancingTest {
    private static final long NOW = 100_000;
    private static final NodeId A = new NodeId(1);
    private static final NodeId B = new NodeId(2);
    private static final NodeId C = new NodeId(3);
    private static final NodeId D = new NodeId(4);

    private Members members = Members.NONE;
    private RebalancingSettings settings = RebalancingSettings.DEFAULT;
    private final Reachability reachability = new Reachability(A, NOW);
    private final StoppedCopies stopped = new StoppedCopies();
    private boolean paused;

    private void up(NodeId... nodes) {
        for (NodeId node : nodes) {
            members = members.with(new Member(node, Member.Status.UP, 1, 1, "", ""));
            reachability.joined(node);
        }
    }

    private void set(NodeId node, Member.Status status) {
        members = members.with(new Member(node, status, 2, 1, "", ""));
    }

    private static ReplicaStatus status(List<NodeId> participants, List<NodeId> entered, List<NodeId> ready) {
        var all = participants.stream().map(node -> new ParticipantId(node, 0)).toList();
        var silent = new ArrayList<Long>();
        participants.forEach(node -> silent.add(entered.contains(node) ? 0L : 5_000L));
        return new ReplicaStatus(
                ReplicaStatus.Phase.PARTICIPATING,
                all.getFirst(),
                3,
                all,
                false,
                false,
                true,
                0,
                0,
                0,
                0,
                silent,
                all.stream().filter(p -> entered.contains(p.node())).toList(),
                List.of(),
                ready,
                List.of(),
                new ReplicaStatus.Remembered(0, 1, 0, 0),
                null,
                0,
                new TreeMap<>(),
                List.of(),
                List.of(),
                null);
    }

    private static ReplicaStatus frozen(ReplicaStatus calm) {
        return new ReplicaStatus(
                calm.phase(),
                calm.self(),
                calm.epoch(),
                calm.participants(),
                true,
                false,
                true,
                0,
                0,
                0,
                0,
                calm.silentMillis(),
                calm.entered(),
                List.of(),
                List.of(),
                List.of(),
                calm.remembered(),
                null,
                0,
                new TreeMap<>(),
                List.of(),
                List.of(),
                null);
    }

    private static ReplicaStatus of(NodeId... participants) {
        return status(List.of(participants), List.of(participants), List.of());
    }

    private List<Wish> wishes(ReplicaStatus status) {
        return wishes(new TreeMap<>(Map.of(7, status)), NOW);
    }

    private List<Wish> wishes(SortedMap<Integer, ReplicaStatus> replicas, long nowMillis) {
        return new Rebalancing(A, members, reachability, stopped, settings, paused, nowMillis).wishes(replicas);
    }

    private static Wish propose(List<NodeId> removed, List<NodeId> added) {
        return new Wish.Propose(
                7, new Change(removed.stream().map(n -> new ParticipantId(n, 0)).toList(), added));
    }

    @Test
    void nothingIsWishedWhereEverythingIsAsItShouldBe() {
        up(A, B, C);
        assertThat(wishes(of(A, B, C))).isEmpty();
    }

    @Test
    void aMissingParticipantIsToldToCopyFirst() {
        up(A, B);
        assertThat(wishes(of(A))).containsExactly(new Wish.Copy(7, B, List.of(A)));
    }

    @Test
    void whoHasCopiedIsAdded() {
        up(A, B);
        assertThat(wishes(status(List.of(A), List.of(A), List.of(B)))).containsExactly(propose(List.of(), List.of(B)));
    }

    /// R62: one change at a time.
    @Test
    void nobodyIsAddedBeforeTheLastOneHasCome() {
        up(A, B, C);
        assertThat(wishes(status(List.of(A, B), List.of(A), List.of(C))))
                .containsExactly(new Wish.Copy(7, B, List.of(A)));
    }

    @Test
    void nobodyIsAddedWhileSomebodyIsOutOfReach() {
        up(A, B, C, D);
        settings = new RebalancingSettings(4, 30_000, 4, 1_000);
        reachability.left(C, NOW);
        assertThat(wishes(status(List.of(A, B, C), List.of(A, B, C), List.of(D))))
                .noneMatch(Wish.Propose.class::isInstance);
    }

    /// R62: the preferred participant proposes.
    @Test
    void onlyTheFirstParticipantThatCanBeReachedActs() {
        up(A, B, C, D);
        settings = new RebalancingSettings(4, 30_000, 4, 1_000);
        assertThat(wishes(of(B, A, C))).isEmpty();
        reachability.left(B, NOW);
        assertThat(wishes(of(B, A, C))).containsExactly(new Wish.Copy(7, D, List.of(A)));
    }

    /// R63: grace.
    @Test
    void whoIsGoneForAShortTimeKeepsItsPlace() {
        up(A, B, C, D);
        reachability.left(C, NOW);
        assertThat(wishes(
                        new TreeMap<>(Map.of(7, status(List.of(A, B, C), List.of(A, B, C), List.of(D)))), NOW + 29_999))
                .noneMatch(wish -> wish instanceof Wish.Propose propose
                        && !propose.change().removed().isEmpty());
    }

    /// R63: deadline.
    @Test
    void whoIsDeadIsRemovedAtItsDeadline() {
        up(A, B, C);
        reachability.left(C, NOW);
        assertThat(wishes(new TreeMap<>(Map.of(7, of(A, B, C))), NOW + 30_000))
                .containsExactly(propose(List.of(C), List.of()));
    }

    /// R35: it would be refused after a while in which the epoch is frozen, and wished again.
    @Test
    void aChangeThatTooFewOfThoseWhoStayCouldPromiseIsNotWished() {
        up(A, B, C);
        set(C, Member.Status.GONE);
        reachability.left(B, NOW);
        assertThat(wishes(new TreeMap<>(Map.of(7, of(A, B, C))), NOW + 29_999)).isEmpty();
        assertThat(wishes(new TreeMap<>(Map.of(7, of(A, B, C))), NOW + 30_000))
                .containsExactly(propose(List.of(B, C), List.of()));
    }

    @Test
    void withoutADeadlineNobodyIsRemoved() {
        up(A, B, C);
        settings = new RebalancingSettings(3, 0, 4, 1_000);
        reachability.left(C, NOW);
        assertThat(wishes(new TreeMap<>(Map.of(7, of(A, B, C))), NOW + 3_000_000))
                .isEmpty();
    }

    /// R35a: it proposes only if it can reach a majority.
    @Test
    void withoutAMajorityNothingIsWished() {
        up(A, B, C);
        reachability.left(B, NOW);
        reachability.left(C, NOW);
        assertThat(wishes(new TreeMap<>(Map.of(7, of(A, B, C))), NOW + 60_000)).isEmpty();
    }

    @Test
    void whoLeavesIsRemovedOnlyAfterItsReplacementHasCome() {
        up(A, B, C, D);
        set(C, Member.Status.LEAVING);
        assertThat(wishes(of(A, B, C))).containsExactly(new Wish.Copy(7, D, List.of(A)));
        assertThat(wishes(status(List.of(A, B, C, D), List.of(A, B, C), List.of())))
                .containsExactly(new Wish.Copy(7, D, List.of(A)));
        assertThat(wishes(of(A, B, C, D))).containsExactly(propose(List.of(C), List.of()));
    }

    @Test
    void whoWasDeclaredGoneAndIsTheOnlyOneHandsOver() {
        up(A, B, C);
        set(A, Member.Status.GONE);
        assertThat(wishes(of(A))).containsExactly(new Wish.Copy(7, B, List.of(A)));
        assertThat(wishes(of(A, B))).isEmpty();
        assertThat(wishes(status(List.of(A, B), List.of(A), List.of())))
                .as("the other one has not come yet")
                .containsExactly(new Wish.Copy(7, B, List.of(A)));
    }

    @Test
    void whoLeavesItselfIsRemovedByTheNext() {
        up(A, B, C, D);
        set(B, Member.Status.LEAVING);
        assertThat(wishes(of(B, A, C, D))).containsExactly(propose(List.of(B), List.of()));
        set(A, Member.Status.LEAVING);
        assertThat(wishes(of(A, C, D))).isEmpty();
    }

    @Test
    void whoIsNotOnTheListOfMembersIsNotJudged() {
        up(A, B, C);
        reachability.joined(D);
        assertThat(wishes(of(A, B, C, D))).isEmpty();
    }

    @Test
    void noMoreCopiesAreWishedThanAreAllowedTheMostUrgentFirst() {
        up(A, B, C);
        var replicas = new TreeMap<Integer, ReplicaStatus>();
        for (int shard = 0; shard < 10; shard++) {
            replicas.put(shard, shard < 5 ? of(A, B) : of(A));
        }
        assertThat(wishes(replicas, NOW))
                .hasSize(4)
                .allSatisfy(wish -> assertThat(wish.shard()).isGreaterThanOrEqualTo(5));
    }

    @Test
    void aFrozenShardIsLeftAlone() {
        up(A, B);
        var calm = of(A);
        assertThat(wishes(frozen(calm))).isEmpty();
    }

    /// Simulation, seeds 300 and 969: the epoch could end only with the vote of the one that had lost its copy.
    @Test
    void whoWasAddedAndHasNotComeIsInvitedAgainAlsoWhileAChangeIsBeingDecided() {
        up(A, B);
        assertThat(wishes(frozen(status(List.of(A, B), List.of(A), List.of()))))
                .containsExactly(new Wish.Copy(7, B, List.of(A)));
    }

    private void stops(NodeId node, long number, boolean kept) {
        stopped.hear(
                node,
                number,
                new TreeMap<>(Map.of(7, new StoppedCopies.Stopped(StoppedCopies.Kind.UNREADABLE, "damage", kept))),
                NOW);
    }

    /// R76: not before the deadline.
    @Test
    void aStoppedParticipantIsRemovedAtItsDeadline() {
        up(A, B, C);
        stops(C, 1, false);
        var shard = new TreeMap<>(Map.of(7, of(A, B, C)));

        assertThat(wishes(shard, NOW + settings.replaceStoppedAfterMillis() - 1))
                .isEmpty();
        assertThat(wishes(shard, NOW + settings.replaceStoppedAfterMillis()))
                .containsExactly(propose(List.of(C), List.of()));
    }

    /// R76: whoever has stopped proposes nothing, so the next one does.
    @Test
    void aStoppedParticipantIsNotTheFirst() {
        up(A, B, C);
        var shard = new TreeMap<>(Map.of(7, of(C, A, B)));
        assertThat(wishes(shard, NOW + 60_000)).isEmpty();

        stops(C, 1, false);
        assertThat(wishes(shard, NOW + 60_000)).containsExactly(propose(List.of(C), List.of()));
    }

    /// R76, R35: what has stopped does not count as there.
    @Test
    void oneOfTwoCanNotRemoveTheStoppedOther() {
        up(A, B, C);
        stops(B, 1, false);
        assertThat(wishes(new TreeMap<>(Map.of(7, of(A, B))), NOW + 60_000)).isEmpty();
    }

    /// R76: a node that keeps its stopped copy takes no other, so another node is to copy the shard.
    @Test
    void aNodeThatKeepsAStoppedCopyIsNotWished() {
        up(A, B, C, D);
        var two = of(A, B);
        var missing = wishes(two).getFirst();
        var wished = missing instanceof Wish.Copy copy ? copy.joiner() : A;
        assertThat(List.of(C, D)).contains(wished);

        stops(wished, 1, false);
        assertThat(wishes(two)).containsExactly(missing);
        stops(wished, 2, true);
        assertThat(wishes(two)).containsExactly(new Wish.Copy(7, wished.equals(C) ? D : C, List.of(A)));
    }

    /// R76: what comes late says nothing; a node that is gone and back says it anew.
    @Test
    void theLatestReportOfANodeHolds() {
        up(A, B, C);
        stops(C, 2, false);
        assertThat(stopped.hear(C, 1, new TreeMap<>(), NOW)).isEmpty();
        assertThat(stopped.on(C)).containsOnlyKeys(7);
        assertThat(stopped.hear(C, 3, stopped.on(C), NOW + 1_000)).as("no news").isEmpty();
        var overdue = NOW + settings.replaceStoppedAfterMillis();
        assertThat(wishes(new TreeMap<>(Map.of(7, of(A, B, C))), overdue))
                .containsExactly(propose(List.of(C), List.of()));

        stopped.left(C);
        assertThat(stopped.on(C)).isEmpty();
        assertThat(wishes(new TreeMap<>(Map.of(7, of(A, B, C))), overdue)).isEmpty();
    }

    @Test
    void whilePausedNothingIsCopiedAddedOrTakenAway() {
        up(A, B, C, D);
        paused = true;
        assertThat(wishes(of(A))).as("a copy").isEmpty();
        assertThat(wishes(status(List.of(A), List.of(A), List.of(B))))
                .as("an addition")
                .isEmpty();
        assertThat(wishes(of(A, B, C, D))).as("a surplus one").isEmpty();
        set(C, Member.Status.LEAVING);
        assertThat(wishes(of(A, B, C, D))).as("one that leaves").isEmpty();
        assertThat(wishes(of(C, A, B, D))).as("the first, which leaves").isEmpty();
        set(A, Member.Status.LEAVING);
        assertThat(wishes(of(A, B, C, D))).as("itself").isEmpty();
    }

    @Test
    void whilePausedTheDeadAndTheStoppedAreRemovedAndNobodyTakesTheirPlaces() {
        up(A, B, C, D);
        paused = true;
        set(C, Member.Status.GONE);
        assertThat(wishes(status(List.of(A, B, C), List.of(A, B, C), List.of(D))))
                .as("ejected")
                .containsExactly(propose(List.of(C), List.of()));
        set(D, Member.Status.UP);
        reachability.left(B, NOW);
        assertThat(wishes(new TreeMap<>(Map.of(7, of(A, B, D))), NOW + 30_000))
                .as("dead")
                .containsExactly(propose(List.of(B), List.of()));
        stops(D, 1, false);
        reachability.joined(B);
        assertThat(wishes(new TreeMap<>(Map.of(7, of(A, B, D))), NOW + 60_000))
                .as("stopped")
                .containsExactly(propose(List.of(D), List.of()));
    }

    @Test
    void whilePausedWhatHasBegunEnds() {
        up(A, B, C);
        paused = true;
        assertThat(wishes(status(List.of(A, B), List.of(A), List.of())))
                .as("one that was added and has not come")
                .containsExactly(new Wish.Copy(7, B, List.of(A)));
    }
}
