package io.legion.core.shard;

import static io.legion.core.shard.OneReplica.NOW;
import static io.legion.core.shard.OneReplica.SELF;
import static io.legion.core.shard.OneReplica.event;
import static io.legion.core.shard.OneReplica.participant;
import static io.legion.core.shard.OneReplica.row;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What a proposer asks, what a participant promises and accepts, and which value follows.
class DecisionRulesTest {
    private static final Decision STAY =
            new Decision(List.of(SELF, participant(2), participant(3)), List.of(), List.of());
    private static final Decision WITHOUT_3 =
            new Decision(List.of(SELF, participant(2)), List.of(new Decision.Cut(participant(3), 0)), List.of());

    private final OneReplica replica = OneReplica.with(2, 3);
    private final ReplicaState state = replica.state;

    private static Ballot ballot(long number, long proposer) {
        return new Ballot(number, participant(proposer));
    }

    private static Message.Prepare prepare(Ballot ballot, long... removed) {
        return new Message.Prepare(
                0,
                ballot,
                java.util.stream.LongStream.of(removed)
                        .mapToObj(OneReplica::participant)
                        .toList(),
                List.of());
    }

    private static Message.Promise promise(
            long from, Ballot ballot, VersionVector vector, Message.@Nullable Vote accepted, LogEntry... outstanding) {
        return new Message.Promise(
                0, participant(from), ballot, OneReplica.NOW, 0, true, vector, List.of(outstanding), accepted);
    }

    /// R30, R26: from the promise on it takes nothing in, and its row stands though it goes on to originate.
    @Test
    void theRowOfAFrozenParticipantStands() {
        replica.request(1);
        replica.receive(2, prepare(ballot(1, 2)));
        replica.request(2);
        replica.receive(2, OneReplica.delta(2, 0, row(2, 1), event(2, 1, NOW)));
        assertThat(state.ownRow()).isEqualTo(row(1, 1));
        assertThat(state.vector).isEqualTo(row(1, 2));
        assertThat(state.row(participant(2))).isEqualTo(VersionVector.EMPTY);
    }

    /// R31: a promise tells everything.
    @Test
    void aPromiseTellsWhatIsHeldAndWhatWasAccepted() {
        LogEntry held = replica.request(1);
        var vote = new Message.Vote(ballot(1, 2), STAY);
        replica.receive(2, new Message.Accept(0, vote));
        replica.said();
        replica.receive(3, prepare(ballot(2, 3)));
        assertThat(replica.sent())
                .containsExactly(new Message.Promise(
                        0, SELF, ballot(2, 3), OneReplica.NOW, state.clock, true, row(1, 1), List.of(held), vote));
    }

    /// R32: sealed, but not for ever.
    @Test
    void whoPromisedItsOwnRemovalOriginatesNothingForAWhile() {
        replica.receive(2, prepare(ballot(1, 2), 1));
        assertThat(replica.rules.originating.refusal()).isEqualTo(Reply.Refusal.NOT_NOW);
        assertThat(replica.rules.originating.silence())
                .extracting(Silence::kind)
                .isEqualTo(Silence.Kind.REMOVAL);
        state.at(NOW + 3 * state.settings.decideTimeoutMillis());
        assertThat(replica.rules.originating.refusal()).isNull();
    }

    /// R32: who promised the removal of another is not sealed.
    @Test
    void whoPromisedTheRemovalOfAnotherGoesOn() {
        replica.receive(2, prepare(ballot(1, 2), 3));
        assertThat(replica.rules.originating.refusal()).isNull();
    }

    private Proposal proposal(long... removed) {
        var change = new Change(prepare(ballot(1, 1), removed).removed(), List.of());
        return new Proposal(new Promises(state, state.participants, change.removed(), List.of()), change, 0);
    }

    /// R33: the accepted value of the highest ballot goes before the proposer's own.
    @Test
    void theValueAcceptedUnderTheHighestBallotIsTaken() {
        state.ballotNumber = 5;
        Proposal proposal = proposal(2);
        Ballot ballot = proposal.promises.ballot();
        proposal.promises.take(promise(1, ballot, row(1, 0), new Message.Vote(ballot(2, 3), WITHOUT_3)));
        proposal.promises.take(promise(2, ballot, row(1, 0), new Message.Vote(ballot(3, 2), STAY)));
        proposal.promises.take(promise(3, ballot, row(1, 0), null));
        assertThat(proposal.value(List.of(SELF, participant(3)), proposal.change, 0))
                .isEqualTo(STAY);
    }

    /// R34: a new value cuts at the highest entry of the promises, and has all their outstanding events as its tail.
    @Test
    void aNewValueCutsWhereAnyPromiseEndsAndTakesEveryTail() {
        Proposal proposal = proposal(3);
        Ballot ballot = proposal.promises.ballot();
        LogEntry own = event(1, 1, NOW);
        LogEntry fifth = event(3, 5, NOW + 1);
        LogEntry sixth = event(3, 6, NOW + 2);
        var more = row(3, 6).with(participant(1), 0);
        proposal.promises.take(promise(1, ballot, row(3, 5).with(SELF, 1), null, own, fifth));
        proposal.promises.take(promise(2, ballot, more, null, fifth, sixth));
        var next = List.of(SELF, participant(2));
        assertThat(proposal.value(next, proposal.change, 0))
                .isEqualTo(
                        new Decision(next, List.of(new Decision.Cut(participant(3), 6)), List.of(own, fifth, sixth)));
    }

    /// R36: accept, unless a higher ballot was promised.
    @Test
    void aValueUnderALowerBallotThanPromisedIsNotAccepted() {
        replica.receive(3, prepare(ballot(2, 3)));
        replica.receive(2, new Message.Accept(0, new Message.Vote(ballot(1, 2), STAY)));
        assertThat(state.accepted).isNull();
        var vote = new Message.Vote(ballot(2, 3), STAY);
        replica.said();
        replica.receive(3, new Message.Accept(0, vote));
        assertThat(state.accepted).isEqualTo(vote);
        assertThat(replica.sent()).containsExactly(new Message.Accepted(0, SELF, ballot(2, 3)));
    }

    /// R36: an acceptance is a promise too.
    @Test
    void whoAcceptsIsFrozen() {
        replica.receive(3, new Message.Accept(0, new Message.Vote(ballot(2, 3), STAY)));
        assertThat(state.frozen()).isTrue();
        replica.said();
        replica.receive(2, prepare(ballot(1, 2)));
        assertThat(replica.sent()).containsExactly(new Message.Refused(0, ballot(2, 3)));
    }

    /// R37: refuse, and name the higher ballot.
    @Test
    void aLowerBallotIsRefusedAndHearsOfTheHigherOne() {
        replica.receive(3, prepare(ballot(2, 3)));
        replica.said();
        replica.receive(2, prepare(ballot(1, 2)));
        assertThat(replica.sent()).containsExactly(new Message.Refused(0, ballot(2, 3)));
        assertThat(state.promised).isEqualTo(ballot(2, 3));
    }

    /// R37, R29: the proposer drops its proposal, and its next number is higher.
    @Test
    void whoIsRefusedUsesAHigherNumberLater() {
        replica.rules.proposer.propose(Change.NONE);
        assertThat(replica.rules.proposer.isIdle()).isFalse();
        replica.receive(2, new Message.Refused(0, ballot(7, 3)));
        assertThat(replica.rules.proposer.isIdle()).isTrue();
        replica.said();
        replica.rules.proposer.propose(Change.NONE);
        assertThat(replica.sent()).contains(prepare(ballot(8, 1)));
    }
}
