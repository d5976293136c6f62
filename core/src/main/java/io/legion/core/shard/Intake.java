package io.legion.core.shard;

import io.legion.core.ParticipantId;
import io.legion.core.primitive.HybridTime;

/// Takes events and rows from the other participants' deltas: rules R7, R11, R12, R14 and R68.
final class Intake {
    /// At most one alarm about another node's clock in this time.
    private static final long ALARM_INTERVAL_MILLIS = 10_000;

    private final ReplicaState state;
    private final Hashes hashes;
    private final OldCopy oldCopy;
    private final Deltas deltas;
    private long quietUntilMillis;

    Intake(ReplicaState state, Hashes hashes, OldCopy oldCopy, Deltas deltas) {
        this.state = state;
        this.hashes = hashes;
        this.oldCopy = oldCopy;
        this.deltas = deltas;
    }

    /// Takes a delta of the present epoch from a participant of it: its caller has made sure of that (R13, R14).
    void receive(Message.Delta delta) {
        deltas.heard(delta);
        if (state.frozen()) {
            return;
        }
        delta.entries().forEach(entry -> take(delta.from(), entry));
        if (!state.isClockAhead(delta.clock())) {
            state.passed(delta.clock());
        }
        takeRow(delta.from(), delta.row());
        delta.rows().forEach(row -> takeRow(row.owner(), row.held()));
        hashes.receive(delta.from(), delta.hashPosition(), delta.hash());
    }

    /// R7, R11, R14: takes only the next event of a participant, and none from too far in the future.
    private void take(ParticipantId from, LogEntry entry) {
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
        if (state.isClockAhead(entry.id().time())) {
            refuseFuture(from, entry);
        } else {
            state.take(entry);
        }
    }

    private void refuseFuture(ParticipantId from, LogEntry entry) {
        long ahead = HybridTime.millis(entry.id().time()) - state.nowMillis;
        state.outbox.send(entry.origin().node(), new Message.ClockAhead(ahead));
        if (state.elapsedMillis < quietUntilMillis) {
            return;
        }
        quietUntilMillis = state.elapsedMillis + ALARM_INTERVAL_MILLIS;
        state.outbox.alarm(
                Alarm.Kind.CLOCK_AHEAD_THERE,
                "an event of " + entry.origin() + " (by way of " + from + ") is " + ahead
                        + " ms ahead of this node's clock and waits; check time synchronisation on both");
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
