package io.legion.core.shard;

import io.legion.core.NodeId;
import io.legion.core.ParticipantId;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.TreeMap;

/// R77: the participants that left with the last changes. One that does not know it yet may serve readers, so
/// answers of history wait until it does.
final class Leavers {
    /// Answers wait for so long at most.
    private static final long WAIT_MILLIS = 1_000;

    /// One that says nothing gets the decision for so long.
    private static final long TELL_MILLIS = 30_000;

    /// A participant that was removed.
    ///
    /// @param ended the epoch after which it is out
    /// @param sinceMillis since when it has been out
    private record Leaver(long ended, long sinceMillis) {}

    private record Waiting(long ticket, Reply reply) {}

    private final ReplicaState state;
    private final InTouch inTouch;
    private final TreeMap<ParticipantId, Leaver> leavers = new TreeMap<>();

    /// Who is in a later epoch than this participant, and so knows of the changes until then.
    private final TreeMap<NodeId, Long> ahead = new TreeMap<>();

    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
    private long toldMillis;

    /// True after this participant has started, for a moment at most: it does not know who left just before. The others
    /// know it.
    private boolean starts;

    private long startedMillis;

    Leavers(ReplicaState state, InTouch inTouch) {
        this.state = state;
        this.inTouch = inTouch;
    }

    /// This participant has just started.
    void started() {
        startedMillis = state.elapsedMillis;
        starts = true;
    }

    boolean areUnknown() {
        return starts;
    }

    /// A participant that was there before has heard from all that left.
    void allKnow() {
        starts = false;
        release();
    }

    /// The participants have changed.
    ///
    /// @param ended the epoch until now
    /// @param before the participants until now
    void epochChanged(long ended, Collection<ParticipantId> before) {
        for (ParticipantId participant : before) {
            if (isOut(participant) && !inTouch.isClosed(participant) && !knows(participant)) {
                leavers.put(participant, new Leaver(ended, state.elapsedMillis));
            }
        }
        ahead.values().removeIf(epoch -> epoch <= state.epoch);
    }

    private boolean isOut(ParticipantId participant) {
        return state.participantOf(participant.node()) == null;
    }

    private boolean knows(ParticipantId participant) {
        Long epoch = ahead.get(participant.node());
        return epoch != null && epoch >= state.epoch;
    }

    /// A node has asked what was decided after this epoch.
    void asked(NodeId from, long epoch) {
        if (epoch > state.epoch && state.participantOf(from) != null) {
            ahead.put(from, epoch);
        } else if (epoch == state.epoch) {
            forget(from);
        }
    }

    /// A node knows who takes part, or cannot hear it: the way to it is closed.
    void forget(NodeId node) {
        if (!leavers.isEmpty()) {
            leavers.keySet().removeIf(leaver -> leaver.node().equals(node));
        }
    }

    private long ageMillis(Leaver leaver) {
        return state.elapsedMillis - leaver.sinceMillis;
    }

    /// True while somebody who left may not know it yet: no answer but FAST goes out.
    boolean areAwaited() {
        if (starts) {
            return true;
        }
        for (Leaver leaver : leavers.values()) {
            if (ageMillis(leaver) < WAIT_MILLIS) {
                return true;
            }
        }
        return false;
    }

    /// Gives a FINAL answer, or a state that was read as FINAL, once those that left know of it.
    void answer(long ticket, Reply reply) {
        if (areAwaited()) {
            waiting.addLast(new Waiting(ticket, reply));
        } else {
            state.outbox.reply(ticket, reply);
        }
    }

    /// Gives the answers that wait, if they may go now.
    void release() {
        if (!waiting.isEmpty() && !areAwaited()) {
            waiting.forEach(answer -> state.outbox.reply(answer.ticket, answer.reply));
            waiting.clear();
        }
    }

    /// The caller has stopped waiting under this ticket.
    void forget(long ticket) {
        if (!waiting.isEmpty()) {
            waiting.removeIf(answer -> answer.ticket == ticket);
        }
    }

    boolean isIdle() {
        return !starts && leavers.isEmpty();
    }

    /// @param telling sends the decisions
    void tick(Telling telling) {
        starts &= state.elapsedMillis - startedMillis < WAIT_MILLIS;
        leavers.values().removeIf(leaver -> ageMillis(leaver) >= TELL_MILLIS);
        if (state.elapsedMillis - toldMillis >= state.settings.resendMillis()) {
            toldMillis = state.elapsedMillis;
            leavers.forEach((leaver, one) -> telling.tell(leaver.node(), one.ended));
        }
    }
}
