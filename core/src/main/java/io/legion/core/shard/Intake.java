package io.legion.core.shard;

import io.legion.core.ParticipantId;

/// Takes events and rows from the other participants' deltas: rules R7, R11, R12, R14 and R68.
final class Intake {
    private final ReplicaState state;
    private final Clocks clocks;
    private final Hashes hashes;
    private final OldCopy oldCopy;
    private final Deltas deltas;

    Intake(ReplicaState state, Clocks clocks, Hashes hashes, OldCopy oldCopy, Deltas deltas) {
        this.state = state;
        this.clocks = clocks;
        this.hashes = hashes;
        this.oldCopy = oldCopy;
        this.deltas = deltas;
    }

    /// Takes a delta of the present epoch from a participant of it: its caller has made sure of that (R13, R14).
    void receive(Message.Delta delta) {
        deltas.heard(delta);
        boolean isClockRight = clocks.isRight(delta.from(), delta.wallMillis());
        if (state.frozen()) {
            return;
        }
        delta.entries().forEach(entry -> take(delta.from(), entry, isClockRight));
        if (!clocks.isAhead(delta.clock())) {
            state.passed(delta.clock());
        }
        takeRow(delta.from(), delta.row());
        delta.rows().forEach(row -> takeRow(row.owner(), row.held()));
        hashes.receive(delta.from(), delta.hashPosition(), delta.hash());
    }

    /// R7, R11, R14: takes only the next event of a participant, and none from the future of a sender whose clock is
    /// ahead.
    private void take(ParticipantId from, LogEntry entry, boolean isClockRight) {
        boolean next = entry.sequence() == state.vector.get(entry.origin()) + 1;
        if (!state.isParticipant(entry.origin())) {
            return;
        }
        if (!next || entry.origin().equals(state.self)) {
            oldCopy.repeated(from, entry);
            return;
        }
        if (state.isReturning()) {
            // R72: holding it would assert that all own earlier events are known, which is not sure yet.
            return;
        }
        if (isClockRight || !clocks.isAhead(entry.id().time())) {
            state.take(entry);
        }
    }

    /// R12, R68: takes a row of the present epoch, from its owner or by way of another participant.
    private void takeRow(ParticipantId owner, VersionVector row) {
        if (state.isParticipant(owner) && !owner.equals(state.self)) {
            state.rows.merge(owner, state.clamp(row), VersionVector::merge);
            state.mayFold = true;
            if (state.heardInEpoch.add(owner)) {
                deltas.entered(owner);
            }
        }
    }
}
