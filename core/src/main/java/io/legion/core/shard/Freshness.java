package io.legion.core.shard;

import io.legion.core.NodeId;
import io.legion.core.ParticipantId;
import java.util.ArrayDeque;

/// R78: serves readers only with what the others have. A participant that may have missed something, since it was
/// away or out of touch, is *stale*. It asks the others what they hold, and is *fresh* again once it holds that too.
final class Freshness {
    /// Calls wait this long for a stale replica; then they go to another one.
    private static final long PATIENCE_MILLIS = 250;

    /// A stale replica repeats its questions after the resend interval divided by this.
    private static final int QUESTIONS = 4;

    /// A participant that did not answer is waited for anew only after so many times the time to wait.
    private static final int SELDOM = 10;

    /// A replica is stale for this long at most.
    private static final long LONGEST_MILLIS = 60_000;

    /// A call that waits.
    ///
    /// @param serve gives it to the replica
    /// @param refuse sends it to another one
    private record Waiting(long ticket, Runnable serve, Runnable refuse) {}

    private final ReplicaState state;
    private final InTouch inTouch;
    private final Leavers leavers;
    private final Deltas deltas;
    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();

    /// The latest answer of each participant since this replica became stale.
    private final ParticipantMap<Message.Held> answers = new ParticipantMap<>();

    /// Since when each participant has owed an answer, also to earlier questions.
    private final ParticipantMap<Long> owing = new ParticipantMap<>();

    /// When this replica last began to wait anew for a participant, since the way to it was open again.
    private final ParticipantMap<Long> waitedAnew = new ParticipantMap<>();

    private boolean stale;

    /// Tells the answers to the latest doubt from older ones.
    private long round;

    /// Since when it has been stale, and when it last had a new reason.
    private long staleSinceMillis;

    private long doubtedMillis;
    private long askedMillis;

    /// When events of others last came while this replica was stale, and how many it has.
    private long grownMillis;

    private long grownTo;

    Freshness(ReplicaState state, InTouch inTouch, Leavers leavers, Deltas deltas) {
        this.state = state;
        this.inTouch = inTouch;
        this.leavers = leavers;
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
        return state.elapsedMillis - doubtedMillis < PATIENCE_MILLIS;
    }

    void forget(long ticket) {
        waiting.removeIf(one -> one.ticket == ticket);
    }

    /// This replica may lack what others have answered: it came back, has started, was out of touch or stood still.
    void doubt() {
        answers.clear();
        round = Math.max(round + 1, state.nowMillis);
        if (!stale) {
            stale = true;
            staleSinceMillis = state.elapsedMillis;
        }
        doubtedMillis = state.elapsedMillis;
        grownMillis = state.elapsedMillis;
        grownTo = ofOthers();
        check();
        ask();
    }

    void closed(NodeId node) {
        if (inTouch.closed(node) && isServing()) {
            doubt();
        }
    }

    void opened(NodeId node) {
        inTouch.opened(node);
        ParticipantId participant = state.participantOf(node);
        if (participant != null && isServing()) {
            mayAnswerAgain(participant);
            doubt();
        }
    }

    private boolean isServing() {
        return state.participates() && !state.isReturning();
    }

    /// This replica waits anew for one whose way is open again, but not each time for one whose way opens again and
    /// again and that never answers.
    private void mayAnswerAgain(ParticipantId participant) {
        long last = waitedAnew.getOrDefault(participant, Long.MIN_VALUE / 2);
        if (state.elapsedMillis - last > SELDOM * state.settings.returnMillis()) {
            waitedAnew.put(participant, state.elapsedMillis);
            heard(participant);
        }
    }

    /// A participant has spoken: its way is open, and it may answer.
    void heard(NodeId node) {
        ParticipantId participant = state.participantOf(node);
        if (participant != null) {
            if (inTouch.isUnheard(node)) {
                opened(node);
            }
            heard(participant);
        }
    }

    private void heard(ParticipantId participant) {
        if (owing.get(participant) != null) {
            owing.put(participant, state.elapsedMillis);
        }
    }

    /// True if this replica waits to hear of others.
    boolean isListening() {
        return stale || owing.size() > 0 || inTouch.listens();
    }

    /// The answers for the epoch before say nothing of this one. A fresh participant stays fresh: it holds all that was
    /// answered in it.
    void epochChanged() {
        answers.clear();
        owing.retainAll(state.participants);
        waitedAnew.retainAll(state.participants);
        if (stale) {
            check();
            ask();
        }
    }

    /// Another participant has no touch with this one, and answers without it.
    void receive(Message.OutOfTouch message) {
        Message.Held before = answers.get(message.from());
        if (!stale) {
            doubt();
        } else if (before != null) {
            answers.put(message.from(), before.uncounted());
        }
    }

    /// A stale participant asks what this one holds, and gets what it lacks.
    void answer(NodeId from, Message.AskHeld ask) {
        ParticipantId asker = state.participantOf(from);
        if (asker != null && asker.equals(ask.from())) {
            boolean counted = inTouch.admit(asker, ask.row());
            state.outbox.send(
                    from,
                    new Message.Held(
                            state.epoch,
                            state.self,
                            ask.round(),
                            state.vector,
                            inTouch.durable(),
                            counted,
                            !leavers.areAwaited()));
            deltas.sendMissing(asker, ask.row());
        }
    }

    void receive(Message.Held held) {
        if (held.leaversKnow()) {
            leavers.allKnow();
        }
        if (held.round() != round || !state.isParticipant(held.from())) {
            return;
        }
        owing.retain((other, _) -> !other.equals(held.from()));
        if (!stale) {
            return;
        }
        Message.Held before = answers.get(held.from());
        if (before == null || !before.counted()) {
            answers.put(held.from(), held);
        }
        inTouch.addIfComplete(held.from(), held.all());
        check();
    }

    /// Events have come, or time has passed: this replica may be fresh now.
    void check() {
        if (!stale || state.isReturning()) {
            return;
        }
        if (ofOthers() > grownTo) {
            grownTo = ofOthers();
            grownMillis = state.elapsedMillis;
        }
        if (state.others().stream().allMatch(this::isSettled) || isOverdue()) {
            goOn();
        }
    }

    private void goOn() {
        stale = false;
        answers.clear();
        while (!waiting.isEmpty()) {
            waiting.removeFirst().serve.run();
        }
    }

    /// How many events of others this replica has had.
    private long ofOthers() {
        long sum = 0;
        for (ParticipantId other : state.others()) {
            sum += state.vector.get(other);
        }
        return sum;
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
        return holds(isSomeoneMissing() ? held.all() : held.durable()) ? held.counted() : isStuck();
    }

    /// It owes an answer for longer than a participant that can be reached needs, and has said nothing else.
    private boolean isOutOfReach(ParticipantId other) {
        Long since = owing.get(other);
        boolean silent = since != null && state.elapsedMillis - since >= state.settings.returnMillis();
        return inTouch.isClosed(other) || silent;
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
        if (state.isReturning()) {
            return;
        }
        check();
        if (asks() && state.elapsedMillis - askedMillis >= state.settings.resendMillis() / QUESTIONS) {
            ask();
        }
        if (stale && !isPatient()) {
            turnAway();
        }
    }

    /// True if the others know something that this replica needs.
    private boolean asks() {
        return stale || leavers.areUnknown();
    }

    private void turnAway() {
        while (!waiting.isEmpty()) {
            waiting.removeFirst().refuse.run();
        }
    }

    private void ask() {
        if (!asks() || state.isReturning() || !state.participates()) {
            return;
        }
        askedMillis = state.elapsedMillis;
        for (ParticipantId other : state.others()) {
            if (!isSettled(other) && !inTouch.isClosed(other)) {
                owing.computeIfAbsent(other, () -> state.elapsedMillis);
                state.outbox.send(other.node(), new Message.AskHeld(state.epoch, state.self, round, state.vector));
            }
        }
    }
}
