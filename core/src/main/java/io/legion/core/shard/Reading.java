package io.legion.core.shard;

import java.util.ArrayDeque;

/// Serves reads: rules R56 and R57.
final class Reading {
    private record Pending(Read read, long barrier) {}

    private final ReplicaState state;
    private final Originating originating;
    private final ArrayDeque<Read> unplaced = new ArrayDeque<>();
    private final ArrayDeque<Pending> placed = new ArrayDeque<>();

    Reading(ReplicaState state, Originating originating) {
        this.state = state;
        this.originating = originating;
    }

    void read(Read read) {
        if (!state.participates()) {
            refuse(read, Reply.Refusal.NOT_A_PARTICIPANT, "this node does not take part in the shard");
        } else if (!read.linearizable()) {
            state.outbox.reply(new Reply.State(read.ticket(), state.projections.state(read.address())));
        } else if (isAlone()) {
            state.outbox.reply(new Reply.State(read.ticket(), infimum(read)));
        } else {
            unplaced.addLast(read);
        }
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
            unplaced.forEach(read -> refuse(read, refusal, "this node can not order a read now; ask another one"));
        } else {
            long barrier = originating.barrier().sequence();
            state.hurries = true;
            unplaced.forEach(read -> placed.addLast(new Pending(read, barrier)));
        }
        unplaced.clear();
    }

    /// If a folded event is this participant's own, answers the reads that waited for it from the infimum.
    void folded(LogEntry entry) {
        if (entry.origin().equals(state.self)) {
            while (!placed.isEmpty() && placed.getFirst().barrier <= entry.sequence()) {
                Read read = placed.removeFirst().read;
                state.outbox.reply(new Reply.State(read.ticket(), infimum(read)));
            }
        }
    }

    private Object infimum(Read read) {
        return state.infimum.state(
                read.address(), state.types.require(read.address().type()));
    }

    /// Sends every waiting read to another node.
    void turnAway(String explanation) {
        placed.forEach(pending -> refuse(pending.read, Reply.Refusal.NOT_A_PARTICIPANT, explanation));
        unplaced.forEach(read -> refuse(read, Reply.Refusal.NOT_A_PARTICIPANT, explanation));
        placed.clear();
        unplaced.clear();
    }

    void refuse(Read read, Reply.Refusal reason, String explanation) {
        state.outbox.reply(new Reply.Refused(read.ticket(), reason, null, explanation));
    }

    void forget(long ticket) {
        placed.removeIf(pending -> pending.read.ticket() == ticket);
        unplaced.removeIf(read -> read.ticket() == ticket);
    }
}
