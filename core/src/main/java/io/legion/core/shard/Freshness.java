package io.legion.core.shard;

import io.legion.core.NodeId;
import io.legion.core.ParticipantId;
import java.util.ArrayDeque;
import java.util.TreeSet;

/// R78: serves readers only with what the others have. A participant that may have missed something, since it was
/// away or out of touch, is *stale*. It asks the others what they hold, and is *fresh* again once it holds that too.
final class Freshness {
    /// Calls wait this long for a stale replica; then they go to another one.
    private static final long PATIENCE_MILLIS = 250;

    /// A stale replica repeats its questions after the resend interval divided by this.
    private static final int QUESTIONS = 4;

    /// A replica is stale for this long at most.
    private static final long LONGEST_MILLIS = 60_000;

    /// A call that waits.
    ///
    /// @param serve gives it to the replica
    /// @param refuse sends it to another one
    private record Waiting(long ticket, Runnable serve, Runnable refuse) {}

    private final ReplicaState state;
    private final InTouch inTouch;
    private final Deltas deltas;
    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();

    /// The latest answer of each participant since this replica became stale.
    private final ParticipantMap<Message.Held> answers = new ParticipantMap<>();

    /// The nodes to which the way is closed.
    private final TreeSet<NodeId> closed = new TreeSet<>();

    private boolean stale;
    private long staleSinceMillis;
    private long askedMillis;

    /// When the vector last grew while this replica was stale.
    private long grownMillis;

    private VersionVector lastVector = VersionVector.EMPTY;

    Freshness(ReplicaState state, InTouch inTouch, Deltas deltas) {
        this.state = state;
        this.inTouch = inTouch;
        this.deltas = deltas;
    }

    boolean isFresh() {
        return !stale;
    }

    /// True if no more calls may wait.
    private boolean isFull() {
        return waiting.size() >= state.settings.maxOutstanding();
    }

    /// Serves a call at once if this replica is fresh, or takes no part and so refuses it anyway; else soon, or never.
    void whenFresh(long ticket, Runnable serve, Runnable refuse) {
        if (!stale || !state.participates()) {
            serve.run();
        } else if (isPatient() && !isFull()) {
            waiting.addLast(new Waiting(ticket, serve, refuse));
        } else {
            refuse.run();
        }
    }

    private boolean isPatient() {
        return state.elapsedMillis - staleSinceMillis < PATIENCE_MILLIS;
    }

    void forget(long ticket) {
        waiting.removeIf(one -> one.ticket == ticket);
    }

    /// This replica may lack what others have answered: it came back, has started, was out of touch or stood still.
    void doubt() {
        answers.clear();
        stale = true;
        staleSinceMillis = state.elapsedMillis;
        grownMillis = state.elapsedMillis;
        lastVector = state.vector;
        check();
        ask();
    }

    void closed(NodeId node) {
        boolean concerned = closed.add(node) && state.participantOf(node) != null;
        if (concerned && state.participates() && !state.isReturning()) {
            doubt();
        }
    }

    void opened(NodeId node) {
        closed.remove(node);
        if (state.participantOf(node) != null && state.participates() && !state.isReturning()) {
            doubt();
        }
    }

    /// The answers for the epoch before say nothing of this one. A fresh participant stays fresh: it holds all that was
    /// answered in it.
    void epochChanged() {
        answers.clear();
        if (stale) {
            check();
            ask();
        }
    }

    /// Another participant has no touch with this one, and answers without it.
    void receive(Message.OutOfTouch message) {
        if (state.isParticipant(message.from())) {
            doubt();
        }
    }

    /// A stale participant asks what this one holds, and gets what it lacks.
    void answer(NodeId from, Message.AskHeld ask) {
        ParticipantId asker = state.participantOf(from);
        if (asker != null && asker.equals(ask.from())) {
            deltas.sendMissing(asker, ask.row());
            boolean counted = inTouch.admit(asker, ask.row());
            state.outbox.send(
                    from, new Message.Held(state.epoch, state.self, state.vector, inTouch.durable(), counted));
        }
    }

    void receive(Message.Held held) {
        if (stale && state.isParticipant(held.from())) {
            Message.Held before = answers.get(held.from());
            if (before == null || !before.counted()) {
                answers.put(held.from(), held);
            }
            inTouch.add(held.from());
            check();
        }
    }

    /// Events have come, or time has passed: this replica may be fresh now.
    void check() {
        if (!stale || state.isReturning()) {
            return;
        }
        if (!state.vector.equals(lastVector)) {
            lastVector = state.vector;
            grownMillis = state.elapsedMillis;
        }
        if (state.others().stream().allMatch(this::isSettled) || isOverdue()) {
            stale = false;
            answers.clear();
            while (!waiting.isEmpty()) {
                waiting.removeFirst().serve.run();
            }
        }
    }

    private boolean isOverdue() {
        return state.elapsedMillis - staleSinceMillis >= LONGEST_MILLIS;
    }

    /// True if a participant cannot have answered anybody what this replica lacks, or cannot be asked.
    private boolean isSettled(ParticipantId other) {
        Message.Held held = answers.get(other);
        if (held == null) {
            return isOutOfReach(other);
        }
        return held.counted() && (holds(isSomeoneMissing() ? held.all() : held.durable()) || isStuck());
    }

    private boolean isOutOfReach(ParticipantId other) {
        return closed.contains(other.node()) || state.elapsedMillis - staleSinceMillis >= state.settings.returnMillis();
    }

    /// A participant that is gone may have answered what it and one of the others held, who need not know that.
    private boolean isSomeoneMissing() {
        return answers.size() < state.others().size();
    }

    private boolean holds(VersionVector others) {
        for (ParticipantId origin : state.participants) {
            if (state.vector.get(origin) < others.get(origin)) {
                return false;
            }
        }
        return true;
    }

    /// No event comes, as in an epoch that stays frozen: readers on this side of a cut do not wait for that.
    private boolean isStuck() {
        return state.elapsedMillis - grownMillis >= state.settings.returnMillis();
    }

    void tick() {
        if (!stale || state.isReturning()) {
            return;
        }
        check();
        if (stale && state.elapsedMillis - askedMillis >= state.settings.resendMillis() / QUESTIONS) {
            ask();
        }
        if (stale && !isPatient()) {
            turnAway();
        }
    }

    private void turnAway() {
        while (!waiting.isEmpty()) {
            waiting.removeFirst().refuse.run();
        }
    }

    private void ask() {
        if (!stale || state.isReturning() || !state.participates()) {
            return;
        }
        askedMillis = state.elapsedMillis;
        for (ParticipantId other : state.others()) {
            if (!isSettled(other) && !closed.contains(other.node())) {
                state.outbox.send(other.node(), new Message.AskHeld(state.epoch, state.self, state.vector));
            }
        }
    }
}
