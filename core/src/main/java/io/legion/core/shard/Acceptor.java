package io.legion.core.shard;

import io.legion.core.NodeId;
import java.util.Objects;

/// The acceptor of an epoch's decision: rules R30, R31, R32, R36 and R37.
final class Acceptor {
    private final ReplicaState state;

    Acceptor(ReplicaState state) {
        this.state = state;
    }

    void receive(NodeId from, Message.Prepare prepare) {
        if (isPromisedAbove(prepare.ballot())) {
            refuse(from);
        } else {
            state.outbox.send(from, promise(prepare));
        }
    }

    void receive(NodeId from, Message.Accept accept) {
        if (isPromisedAbove(accept.vote().ballot())) {
            refuse(from);
        } else if (accept.vote().value().boundaries().stream().allMatch(state::runs)) {
            state.outbox.send(from, accept(accept.vote()));
        }
    }

    boolean isPromisedAbove(Ballot ballot) {
        return state.promised != null && state.promised.compareTo(ballot) > 0;
    }

    /// R37: names the higher ballot.
    private void refuse(NodeId from) {
        state.outbox.send(from, new Message.Refused(state.epoch, Objects.requireNonNull(state.promised)));
    }

    /// R30, R31: freezes the epoch; the promise tells everything.
    Message.Promise promise(Message.Prepare prepare) {
        freeze(prepare.ballot());
        if (prepare.removed().contains(state.self)) {
            seal();
        }
        return new Message.Promise(
                state.epoch,
                state.self,
                prepare.ballot(),
                state.nowMillis,
                state.clock,
                prepare.raises().stream().allMatch(state::runs),
                state.vector,
                state.log.all(),
                state.accepted);
    }

    /// R36: an acceptance is a promise too, and holds the whole tail.
    Message.Accepted accept(Message.Vote vote) {
        freeze(vote.ballot());
        state.accepted = vote;
        if (vote.value().cuts().stream().anyMatch(cut -> cut.removed().equals(state.self))) {
            seal();
        }
        return new Message.Accepted(state.epoch, state.self, vote.ballot());
    }

    /// R32: this participant promised its own removal.
    private void seal() {
        state.sealed = true;
        state.sealedSinceMillis = state.elapsedMillis;
    }

    /// R30: from the first promise or acceptance on; the row stays as it is (R26).
    private void freeze(Ballot ballot) {
        if (!state.frozen()) {
            state.rowAtPromise = state.vector;
            state.frozenSinceMillis = state.elapsedMillis;
        }
        state.promised = ballot;
        state.ballotNumber = Math.max(state.ballotNumber, ballot.number());
        state.journal.forceAcceptor();
    }
}
