package io.legion.core.shard;

import io.legion.core.NodeId;
import io.legion.core.ParticipantId;
import java.util.ArrayDeque;
import java.util.TreeSet;

/// Comes back with what the store holds: rule R72. Until every other participant has said what it knows of this
/// one, or for a bounded time, the replica originates, promises and reads nothing, and takes no events.
final class Returning {
    private record Waiting(long ticket, Runnable action) {}

    private final ReplicaState state;
    private final Freshness freshness;
    private final InTouch inTouch;
    private final TreeSet<ParticipantId> answered = new TreeSet<>();

    /// The nodes to which the way is open, as far as this replica has heard since it was read from its store.
    private final TreeSet<NodeId> heard = new TreeSet<>();

    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
    private long askedMillis;
    private long tickedMillis;
    private long waitedMillis;

    Returning(ReplicaState state, InTouch inTouch, Freshness freshness) {
        this.state = state;
        this.inTouch = inTouch;
        this.freshness = freshness;
    }

    /// The replica has been read from its store.
    void begin() {
        state.rowAtReturn = state.vector;
        doneIfAnswered();
        ask();
    }

    /// True if no more requests and reads may wait.
    boolean isFull() {
        return waiting.size() >= state.settings.maxOutstanding();
    }

    /// Runs the action once the replica is back.
    void await(long ticket, Runnable action) {
        waiting.addLast(new Waiting(ticket, action));
    }

    void forget(long ticket) {
        waiting.removeIf(one -> one.ticket == ticket);
    }

    /// A participant of the present epoch has answered, and nothing is missing.
    void answered(ParticipantId from) {
        answered.add(from);
        doneIfAnswered();
    }

    /// The answers for the epoch before say nothing of this one.
    void epochChanged() {
        answered.clear();
        doneIfAnswered();
        ask();
    }

    /// The way to this node is open again: even a replica that never stopped may be put back, machine and all.
    void reconnected(NodeId node) {
        ParticipantId participant = state.participantOf(node);
        if (state.participates() && participant != null && !participant.equals(state.self)) {
            ask(participant);
        }
    }

    /// Time that passes at once, as when the clock jumps, does not count: nobody could have answered in it.
    void tick() {
        if (!state.isReturning()) {
            return;
        }
        long resend = state.settings.resendMillis();
        waitedMillis += Math.min(resend, state.elapsedMillis - tickedMillis);
        tickedMillis = state.elapsedMillis;
        if (waitedMillis >= state.settings.returnMillis()) {
            goOn();
        } else if (state.elapsedMillis - askedMillis >= resend) {
            ask();
        }
    }

    private void ask() {
        askedMillis = state.elapsedMillis;
        if (state.isReturning()) {
            state.others().stream().filter(other -> !answered.contains(other)).forEach(this::ask);
        }
    }

    private void ask(ParticipantId other) {
        state.outbox.send(other.node(), new Message.AskKnownOfMe(state.epoch, state.self));
    }

    /// Ends the wait if all have answered, or if the replica takes no part.
    void doneIfAnswered() {
        if (state.isReturning() && (!state.participates() || answered.containsAll(state.others()))) {
            state.unheardFrom = Long.MAX_VALUE;
            goOn();
        }
    }

    /// The way to this node is open, since it has spoken or the shell says so.
    void heard(NodeId node) {
        if (state.isReturning()) {
            heard.add(node);
        }
    }

    private void goOn() {
        state.others().stream()
                .map(ParticipantId::node)
                .filter(node -> !heard.contains(node))
                .forEach(inTouch::unheard);
        heard.clear();
        state.rowAtReturn = null;
        state.mayFold = true;
        if (!answered.containsAll(state.others())) {
            state.unheardFrom = state.vector.get(state.self);
        }
        freshness.doubt();
        while (!waiting.isEmpty()) {
            waiting.removeFirst().action.run();
        }
    }
}
