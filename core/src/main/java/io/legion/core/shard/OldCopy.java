package io.legion.core.shard;

import io.legion.core.EventId;
import io.legion.core.NodeId;
import io.legion.core.ParticipantId;
import io.legion.core.primitive.Epoch;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Detects that a store is an older copy of itself: rule R71. The store cannot tell from inside; what other
/// participants know of this one can.
final class OldCopy {
    /// At most one alarm about another node's old copy in this time.
    private static final long ALARM_INTERVAL_MILLIS = 10_000;

    private final ReplicaState state;
    private final Phases phases;
    private long quietUntilMillis;

    OldCopy(ReplicaState state, Phases phases) {
        this.state = state;
        this.phases = phases;
    }

    boolean isDetected() {
        return state.phase() == ReplicaStatus.Phase.OLD_COPY;
    }

    /// Tells a participant that has come back what this replica knows of it.
    void answer(NodeId from, Message.AskKnownOfMe ask) {
        ParticipantId known = state.participantOf(from);
        boolean isItself = ask.from().equals(known);
        if (known != null && (isItself || (ask.isOfNobody() && state.hasStarted(known)))) {
            state.outbox.send(from, knownOfYou(state.epoch, known, promise(known)));
        }
    }

    /// A participant's node speaks of a past epoch: tells it of a later one in which it was heard, if any.
    void tellOfLater(ParticipantId of, long epoch) {
        if (isHeardLater(of, epoch)) {
            state.outbox.send(of.node(), knownOfYou(lastHeard(of), of, null));
        }
    }

    /// True if a participant was heard in a later epoch than this one.
    boolean isHeardLater(ParticipantId of, long epoch) {
        long heard = lastHeard(of);
        return epoch < heard && of.epoch() <= heard;
    }

    private long lastHeard(ParticipantId of) {
        return state.heardInEpoch.contains(of) ? state.epoch : state.allHeardEpoch;
    }

    private Message.KnownOfYou knownOfYou(long epoch, ParticipantId of, @Nullable Ballot promised) {
        return new Message.KnownOfYou(epoch, state.self, of, known(of), promised);
    }

    /// What a participant must hold: what it said of itself, its own events that came here, and whatever folded
    /// here, since that needed its row (R18).
    private VersionVector known(ParticipantId of) {
        VersionVector known = state.row(of);
        for (ParticipantId origin : state.participants) {
            long folded = state.history.folded().get(origin);
            if (folded > known.get(origin)) {
                known = known.with(origin, folded);
            }
        }
        long own = state.vector.get(of);
        return own > known.get(of) ? known.with(of, own) : known;
    }

    private @Nullable Ballot promise(ParticipantId of) {
        return state.promises.get(of);
    }

    /// Takes what a participant knows of this one.
    ///
    /// @return true if it came from a participant of the present epoch, and nothing of it is missing here
    boolean receive(Message.KnownOfYou known) {
        int later =
                known.of().node().equals(state.node) ? Long.compare(known.of().epoch(), state.self.epoch()) : -1;
        if (later > 0 || (later == 0 && state.participates() && known.epoch() > state.epoch)) {
            detected(known.from() + " has heard this node in epoch " + Epoch.text(known.epoch())
                    + ", and the store is in " + Epoch.text(state.epoch));
        } else if (later == 0 && state.participates() && known.epoch() == state.epoch) {
            compare(known);
            return state.participates();
        }
        return false;
    }

    private void compare(Message.KnownOfYou known) {
        ParticipantId lacking = lacking(known.held());
        Ballot promised = known.promised();
        if (lacking != null) {
            detectedLack(known.from(), lacking, known.held());
        } else if (promised != null && (state.promised == null || state.promised.compareTo(promised) < 0)) {
            detected(known.from() + " has a promise of this node that is not in the store");
        }
    }

    /// An origin of which this replica holds less than the sender says that it held; null if there is none.
    private @Nullable ParticipantId lacking(VersionVector held) {
        for (ParticipantId origin : state.participants) {
            if (held.get(origin) > state.vector.get(origin)) {
                return origin;
            }
        }
        return null;
    }

    private void detectedLack(ParticipantId from, ParticipantId origin, VersionVector held) {
        detected(from + " knows that this node held event " + held.get(origin) + " of " + origin
                + ", and the store goes only to " + state.vector.get(origin));
    }

    /// Looks for rows, of any participant, that count more of this participant's events than there are.
    void look(Message.Delta delta) {
        look(delta.from(), delta.from(), delta.row());
        for (Message.Row row : delta.rows()) {
            look(delta.from(), row.owner(), row.held());
        }
    }

    private void look(ParticipantId from, ParticipantId owner, VersionVector row) {
        ParticipantId lacking = owner.equals(state.self) ? lacking(row) : null;
        if (lacking != null) {
            detectedLack(from, lacking, row);
        } else {
            lookAt(from, row.get(state.self));
        }
    }

    /// A participant counts this many of this participant's events.
    void lookAt(ParticipantId from, long own) {
        if (own > state.vector.get(state.self)) {
            detected(from + " has event " + own + " of this node, and the store goes only to "
                    + state.vector.get(state.self));
        }
    }

    /// Looks whether a value or decision names more of this participant's events than there are.
    void look(NodeId from, Decision decision) {
        long own = 0;
        for (Decision.Cut cut : decision.cuts()) {
            own = cut.removed().equals(state.self) ? Math.max(own, cut.sequence()) : own;
        }
        for (LogEntry entry : decision.tail()) {
            own = entry.origin().equals(state.self) ? Math.max(own, entry.sequence()) : own;
        }
        if (own > state.vector.get(state.self)) {
            detected("node " + from + " has a decision with event " + own + " of this node, and the store goes only to "
                    + state.vector.get(state.self));
        } else {
            lookAtCuts(from, decision);
        }
    }

    /// An event that is up to a cut and not in the tail has folded elsewhere, which needed this participant's
    /// row (R18, R34).
    private void lookAtCuts(NodeId from, Decision decision) {
        for (Decision.Cut cut : decision.cuts()) {
            long held = heldWith(decision, cut.removed());
            if (held != 0 && held < cut.sequence()) {
                detected("node " + from + " has a decision with event " + cut.sequence() + " of " + cut.removed()
                        + ", which this node held, and the store goes only to " + held);
                return;
            }
        }
    }

    /// Up to where this replica holds an origin's events once it has taken those of a decision.
    private long heldWith(Decision decision, ParticipantId origin) {
        var sequences = new TreeSet<Long>();
        for (LogEntry entry : decision.tail()) {
            if (entry.origin().equals(origin)) {
                sequences.add(entry.sequence());
            }
        }
        long held = state.vector.get(origin);
        while (sequences.contains(held + 1)) {
            held++;
        }
        return held;
    }

    /// An event came that is not the next of its origin: a repetition, or another event under its number.
    void repeated(ParticipantId from, LogEntry entry) {
        if (entry.sequence() > state.vector.get(entry.origin())) {
            if (entry.origin().equals(state.self)) {
                lookAt(from, entry.sequence());
            }
        } else if (isAnother(entry)) {
            if (entry.origin().equals(state.self)) {
                detected(from + " has another event under the number " + entry.sequence() + " of this node");
            } else {
                refuse(from, entry);
            }
        }
    }

    /// True if this replica took another event under this number. The event that it took is outstanding under
    /// its id, or not later than the last fold.
    private boolean isAnother(LogEntry entry) {
        EventId last = state.history.lastFolded();
        boolean unfolded = last == null
                || entry.id().compareTo(last) > 0
                || entry.sequence() > state.history.folded().get(entry.origin());
        return unfolded && state.log.find(entry.id()) == null;
    }

    private void refuse(ParticipantId from, LogEntry entry) {
        state.outbox.send(
                entry.origin().node(), new Message.SequenceReused(state.self, entry.origin(), entry.sequence()));
        if (state.elapsedMillis >= quietUntilMillis) {
            quietUntilMillis = state.elapsedMillis + ALARM_INTERVAL_MILLIS;
            state.outbox.alarm(
                    Alarm.Kind.OLD_COPY_THERE,
                    "there are two events under number " + entry.sequence() + " of " + entry.origin() + ": "
                            + entry.id()
                            + " came by way of " + from + " and was not taken. That node's store was replaced by an"
                            + " older copy; it was told so, and stops taking part. Empty its store and start it again");
        }
    }

    /// A participant holds another event under a number of this one.
    void receive(Message.SequenceReused message) {
        if (message.of().equals(state.self) && state.participates()) {
            detected(message.from() + " has another event under the number " + message.sequence() + " of this node");
        }
    }

    /// R71: this replica gives up its place. Its own unfolded events become salvage; their request ids tell
    /// which of them are in history. One piece of evidence is enough; a message may hold several.
    void detected(String evidence) {
        if (isDetected()) {
            return;
        }
        phases.become(ReplicaStatus.Phase.OLD_COPY, "this node's store is an older copy of itself");
        state.log.of(state.self).forEach(state::salvage);
        state.outbox.alarm(
                Alarm.Kind.OLD_COPY_HERE,
                "the store is older than what this node has told others: " + evidence
                        + ". It was restored from a copy, or its disk lost writes. The replica takes no part any more,"
                        + " and what it had accepted and not heard to be in history is submitted again. Start this node"
                        + " again: it joins as a new one");
    }
}
