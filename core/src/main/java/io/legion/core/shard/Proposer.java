package io.legion.core.shard;

import io.legion.core.NodeId;
import io.legion.core.ParticipantId;
import io.legion.core.primitive.Epoch;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Proposes changes of the participants and of the active versions: rules R2, R29, R35, R37, R40, R42, R81 and R87.
final class Proposer {
    /// The proposer gives a proposal up after this many decide timeouts; the next has a new ballot.
    private static final int PATIENCE = 3;

    /// While a replica keeps this many decisions for a participant that is behind, it proposes only a change
    /// that removes it.
    static final int MOST_DECISIONS = 64;

    private final ReplicaState state;
    private final Acceptor acceptor;
    private final Epochs epochs;
    private final Clocks clocks;
    private @Nullable Proposal current;

    Proposer(ReplicaState state, Acceptor acceptor, Epochs epochs, Clocks clocks) {
        this.state = state;
        this.clocks = clocks;
        this.acceptor = acceptor;
        this.epochs = epochs;
    }

    boolean isIdle() {
        return current == null;
    }

    /// Proposes a change unless one is under way here or this one is not prudent (R35).
    void propose(Change change) {
        if (current == null && state.participates() && !state.sealed && isPrudent(change)) {
            start(change);
        }
    }

    /// R35: removes only participants, never itself or all, and adds at most one node, which takes no part yet.
    private boolean isPrudent(Change change) {
        return leavesNobodyFarBehind(change)
                && areRaisesPrudent(change)
                && !change.removed().contains(state.self)
                && Epoch.hasNext(state.epoch)
                && state.participants.containsAll(change.removed())
                && change.removed().size() < state.participants.size()
                && change.added().size() <= 1
                && change.added().stream().allMatch(node -> state.participantOf(node) == null);
    }

    /// R81, R87: raises only versions that are above the active ones and that this release runs, and changes
    /// nothing else meanwhile.
    private boolean areRaisesPrudent(Change change) {
        boolean alone = change.removed().isEmpty() && change.added().isEmpty();
        return change.raises().isEmpty() || (alone && change.raises().stream().allMatch(this::isAboveActive));
    }

    private boolean isAboveActive(Raise raise) {
        return raise.version() > state.versions.active(raise.type()) && state.runs(raise);
    }

    /// R40: waits for a participant that is far behind, or removes it. A frozen epoch ends all the same (R42).
    private boolean leavesNobodyFarBehind(Change change) {
        return state.decisions.size() < MOST_DECISIONS
                || change.equals(Change.NONE)
                || state.others().stream()
                        .allMatch(other -> state.heardInEpoch.contains(other)
                                || change.removed().contains(other));
    }

    private void start(Change change) {
        var promises = new Promises(state, state.participants, change.removed(), change.raises());
        current = new Proposal(promises, change, state.elapsedMillis);
        promises.ask();
        receive(acceptor.promise(promises.prepare));
    }

    private void sendAccept(Proposal proposal, Message.Vote vote) {
        for (ParticipantId other : state.others()) {
            if (!proposal.votes.contains(other)) {
                state.outbox.send(other.node(), new Message.Accept(state.epoch, vote));
            }
        }
    }

    void receive(Message.Promise promise) {
        Proposal proposal = current;
        if (proposal == null || clocks.isFromTheFuture(promise) || !proposal.promises.take(promise)) {
            return;
        }
        if (proposal.promises.accepted() != null
                || (proposal.isNextAlive(state.participants.size()) && proposal.mayRaise())) {
            voteFor(proposal, proposal.change);
        }
    }

    private void voteFor(Proposal proposal, Change change) {
        if (proposal.vote == null && state.isMajority(proposal.promises.givers().size())) {
            Decision value = proposal.value(participants(change), change, clocks.latestRightMillis());
            vote(proposal, new Message.Vote(proposal.promises.ballot(), value));
        }
    }

    private void vote(Proposal proposal, Message.Vote vote) {
        proposal.vote = vote;
        sendAccept(proposal, vote);
        if (!acceptor.isPromisedAbove(proposal.promises.ballot())) {
            receive(acceptor.accept(vote));
        }
    }

    /// R2: an added participant is named after the epoch that the decision opens.
    private List<ParticipantId> participants(Change change) {
        var next = new ArrayList<>(state.participants);
        next.removeAll(change.removed());
        for (NodeId node : change.added()) {
            next.add(new ParticipantId(node, Epoch.next(state.epoch)));
        }
        return List.copyOf(next);
    }

    void receive(Message.Accepted accepted) {
        Proposal proposal = current;
        if (proposal == null || proposal.vote == null || !proposal.vote.ballot().equals(accepted.ballot())) {
            return;
        }
        if (state.isParticipant(accepted.from())) {
            proposal.votes.add(accepted.from());
        }
        if (state.isMajority(proposal.votes.size())) {
            epochs.decided(proposal.vote.value());
        }
    }

    /// R37: another proposer is ahead. It gets time to finish; then R42 takes over with a higher number.
    void receive(Message.Refused refused) {
        state.ballotNumber = Math.max(state.ballotNumber, refused.promised().number());
        if (current != null && current.promises.isBelow(refused.promised())) {
            current = null;
        }
    }

    /// The epoch has ended, and so has the proposal.
    void epochChanged() {
        current = null;
    }

    void tick() {
        Proposal proposal = current;
        if (proposal == null) {
            finishWhatWasLeft();
        } else if (state.elapsedMillis - proposal.startedMillis >= PATIENCE * state.settings.decideTimeoutMillis()) {
            current = null;
        } else if (state.elapsedMillis - proposal.sentMillis >= state.settings.resendMillis()) {
            repeat(proposal);
        }
        proposeNothingInstead();
    }

    /// R35: if too few of the next set promise within the timeout, the epoch ends by an empty change, so that
    /// nobody waits for long.
    private void proposeNothingInstead() {
        Proposal proposal = current;
        if (proposal != null && state.elapsedMillis - proposal.startedMillis >= state.settings.decideTimeoutMillis()) {
            voteFor(proposal, Change.NONE);
        }
    }

    private void repeat(Proposal proposal) {
        proposal.sentMillis = state.elapsedMillis;
        if (proposal.vote == null) {
            proposal.promises.ask();
        } else {
            sendAccept(proposal, Objects.requireNonNull(proposal.vote));
        }
    }

    /// R42: the participants that are left finish an epoch frozen for a while, the first participant first.
    private void finishWhatWasLeft() {
        if (!state.frozen() || !state.participates() || !Epoch.hasNext(state.epoch)) {
            return;
        }
        long patience = state.settings.decideTimeoutMillis() * (1 + state.participants.indexOf(state.self));
        if (state.elapsedMillis - state.frozenSinceMillis >= patience) {
            state.frozenSinceMillis = state.elapsedMillis;
            start(Change.NONE);
        }
    }
}
