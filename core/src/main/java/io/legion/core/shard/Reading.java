package io.legion.core.shard;

import java.util.ArrayDeque;

/// Serves reads: rules R56 and R57.
final class Reading {
    private record Waiting(long ticket, Read read) {}

    private record Placed(Waiting waiter, long barrier) {}

    private final ReplicaState state;
    private final Originating originating;
    private final Sessions sessions;
    private final Leavers leavers;
    private final ArrayDeque<Waiting> unplaced = new ArrayDeque<>();
    private final ArrayDeque<Placed> placed = new ArrayDeque<>();

    Reading(ReplicaState state, Originating originating, Sessions sessions, Leavers leavers) {
        this.state = state;
        this.originating = originating;
        this.sessions = sessions;
        this.leavers = leavers;
    }

    /// R56: answers a FAST read from the projected state. A FINAL one waits for its place in history (R57).
    void read(long ticket, Read read) {
        if (!state.participates()) {
            refuse(ticket, Reply.Refusal.NOT_A_PARTICIPANT, "this node does not take part in the shard");
        } else if (state.types.find(read.address().type()) == null) {
            refuse(ticket, Reply.Refusal.NOT_ACTIVE, PartitionTypes.LACKING);
        } else if (refusesSession(ticket, read)) {
            return;
        } else if (!read.linearizable()) {
            Object projected = state.projections.state(read.address());
            state.outbox.reply(ticket, new Reply.State(projected, sessions.projected(read.seen(), read.address())));
        } else if (isAlone()) {
            leavers.answer(ticket, infimum(read));
        } else {
            unplaced.addLast(new Waiting(ticket, read));
        }
    }

    /// R79: refuses a read whose session saw what is not here.
    private boolean refusesSession(long ticket, Read read) {
        Reply.Refusal lacking = sessions.refusal(read.seen());
        if (lacking != null) {
            refuse(ticket, lacking, lacking == Reply.Refusal.SESSION_LOST ? Sessions.LOST : Sessions.BEHIND);
        }
        return lacking != null;
    }

    /// A sole participant that has folded everything has nobody to wait for.
    private boolean isAlone() {
        return state.participants.size() == 1 && state.log.isEmpty() && !state.frozen();
    }

    /// R57: gives each new read an event that this replica originates after it; one barrier serves them all.
    void place() {
        if (unplaced.isEmpty()) {
            return;
        }
        Reply.Refusal refusal = originating.refusal();
        if (refusal != null) {
            unplaced.forEach(
                    waiter -> refuse(waiter.ticket, refusal, "this node cannot order a read now; ask another one"));
        } else {
            long barrier = originating.barrier().sequence();
            state.hurries = true;
            unplaced.forEach(waiter -> placed.addLast(new Placed(waiter, barrier)));
        }
        unplaced.clear();
    }

    /// If a folded event is this participant's own, answers the reads that waited for it from the infimum. An epoch may
    /// have ended meanwhile, and what their sessions saw may have been beyond its cut.
    void folded(LogEntry entry) {
        if (entry.origin().equals(state.self)) {
            while (!placed.isEmpty() && placed.getFirst().barrier <= entry.sequence()) {
                Waiting waiter = placed.removeFirst().waiter;
                if (!refusesSession(waiter.ticket, waiter.read)) {
                    leavers.answer(waiter.ticket, infimum(waiter.read));
                }
            }
        }
    }

    private Reply.State infimum(Read read) {
        Object folded = state.infimum.state(
                read.address(), state.types.require(read.address().type()));
        return new Reply.State(folded, sessions.folded(read.seen()));
    }

    /// Sends every waiting read to another node.
    void turnAway(String explanation) {
        placed.forEach(read -> refuse(read.waiter.ticket, Reply.Refusal.NOT_A_PARTICIPANT, explanation));
        unplaced.forEach(waiter -> refuse(waiter.ticket, Reply.Refusal.NOT_A_PARTICIPANT, explanation));
        placed.clear();
        unplaced.clear();
    }

    void refuse(long ticket, Reply.Refusal reason, String explanation) {
        state.outbox.reply(ticket, new Reply.Refused(reason, null, explanation));
    }

    void forget(long ticket) {
        placed.removeIf(read -> read.waiter.ticket == ticket);
        unplaced.removeIf(waiter -> waiter.ticket == ticket);
    }
}
