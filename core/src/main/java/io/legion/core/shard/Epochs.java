package io.legion.core.shard;

import io.legion.core.NodeId;
import io.legion.core.ParticipantId;
import io.legion.core.primitive.Epoch;
import io.legion.core.primitive.Invariant;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/// Leads from one epoch to the next: rules R39, R40, R41, R48, R49 and R51.
final class Epochs {
    /// A removed replica asks again after this many resend intervals.
    private static final int ASK_INTERVALS = 5;

    private final ReplicaState state;
    private long askedMillis = Long.MIN_VALUE / 2;
    private final Answering answering;
    private final Phases phases;
    private final Folding folding;
    private final Deltas deltas;
    private final OldCopy oldCopy;
    private final InTouch inTouch;
    private final Leavers leavers;
    private final Reindexing reindexing;
    private Runnable epochChanged = () -> {};

    Epochs(
            ReplicaState state,
            Answering answering,
            Phases phases,
            Folding folding,
            Deltas deltas,
            OldCopy oldCopy,
            InTouch inTouch,
            Leavers leavers,
            Reindexing reindexing) {
        this.state = state;
        this.answering = answering;
        this.phases = phases;
        this.folding = folding;
        this.deltas = deltas;
        this.oldCopy = oldCopy;
        this.inTouch = inTouch;
        this.leavers = leavers;
        this.reindexing = reindexing;
    }

    /// Sets what else happens when an epoch ends.
    void whenChanged(Runnable action) {
        epochChanged = action;
    }

    /// A value is decided: this replica enters the next epoch, and tells every participant that it concerns.
    void decided(Decision decision) {
        long ended = state.epoch;
        // A participant that a forced change overrules must not enter: it has to give way as a whole (R43).
        var concerned = new TreeSet<>(decision.isForced() ? List.of() : state.participants);
        concerned.addAll(decision.participants());
        enter(decision);
        concerned.remove(state.self);
        for (ParticipantId participant : concerned) {
            state.outbox.send(participant.node(), new Message.Decisions(ended, List.of(decision)));
        }
    }

    void receive(NodeId from, Message.Decisions decisions) {
        long epoch = decisions.epoch();
        for (Decision decision : decisions.decisions()) {
            requireDecidedOnce(epoch, decision);
            if (epoch == state.epoch && state.participates()) {
                oldCopy.look(from, decision);
            }
            boolean gives = decision.isForced() && !decision.participants().contains(state.self);
            if (epoch == state.epoch && state.participates() && !gives) {
                enter(decision);
            }
            epoch = decision.opens(epoch);
        }
    }

    /// I6: a second, different decision of an epoch stops the shard. A forced decision is no second one: it ends the
    /// epoch for a new era (R43).
    private void requireDecidedOnce(long epoch, Decision decision) {
        Decision kept = state.decisions.get(epoch);
        Invariant.hold(
                kept == null || kept.isForced() || decision.isForced() || kept.decidesSame(decision),
                "an epoch is decided once (I6)");
    }

    /// R40: once this replica has heard every participant in this epoch, nobody needs the decisions before it.
    void forgetDecisions() {
        if (!state.decisions.isEmpty() && state.heardInEpoch.containsAll(state.others())) {
            state.allHeardEpoch = state.epoch;
            state.journal.storeEpoch();
            state.journal.decisions.addAll(state.decisions.keySet());
            state.decisions.clear();
        }
    }

    /// R39: one atomic, forced step into the next epoch.
    private void enter(Decision decision) {
        boolean removed = !decision.participants().contains(state.self);
        long ended = state.epoch;
        List<ParticipantId> before = state.participants;
        state.decisions.put(state.epoch, decision);
        state.journal.decisions.add(state.epoch);
        takeTail(decision);
        decision.cuts().forEach(cut -> cut(cut, removed));
        state.participants(decision.participants());
        if (decision.isForced()) {
            state.lineage.forced(state.epoch);
        }
        raise(decision.boundaries());
        state.epoch = decision.opens(state.epoch);
        state.lineage.entered(state.epoch, state.history.position());
        thaw();
        state.rows.retainAll(state.participants);
        state.log.forgetCompleted(state.participants);
        state.rows.replaceAll(state::clamp);
        state.heardInEpoch.clear();
        state.promises.clear();
        // A forced change gives up those who are lost: nobody waits for them.
        leavers.epochChanged(ended, decision.isForced() ? List.of() : before);
        inTouch.epochChanged();
        state.boundCuts();
        state.journal.forceEpoch();
        if (removed) {
            salvageBeyond(state.unheardFrom);
            leave();
        } else {
            folding.forgetCompleted();
        }
        deltas.epochChanged();
        epochChanged.run();
    }

    /// R82, R83: outstanding events above the boundary are applied again, and the clock passes it. A release that does
    /// not have the version stops here (R87).
    private void raise(List<VersionBoundary> boundaries) {
        if (boundaries.isEmpty()) {
            return;
        }
        state.versions.forgetBefore(state.foldedTime());
        boundaries.forEach(state.versions::raise);
        state.requireVersions();
        boundaries.forEach(raised -> reindexing.raised(raised.type()));
        state.passed(state.versions.latest());
        state.projections.versionsChanged();
    }

    /// R41: a removed replica asks the remaining participants whether it may go.
    void tick() {
        boolean due = state.elapsedMillis - askedMillis >= ASK_INTERVALS * state.settings.resendMillis();
        if (state.phase() == ReplicaStatus.Phase.REMOVED && due) {
            ask();
        }
    }

    private void ask() {
        askedMillis = state.elapsedMillis;
        state.participants.forEach(p -> state.outbox.send(p.node(), new Message.AskDecisions(state.epoch)));
    }

    private void thaw() {
        state.promised = null;
        state.mayFold = true;
        state.accepted = null;
        state.rowAtPromise = null;
        state.sealed = false;
        state.ballotNumber = 0;
        state.journal.acceptor = true;
    }

    private void takeTail(Decision decision) {
        decision.tail().stream()
                .sorted(Comparator.comparing(LogEntry::origin).thenComparingLong(LogEntry::sequence))
                .filter(entry -> entry.sequence() == state.vector.get(entry.origin()) + 1)
                .filter(entry -> isKnown(entry.origin()))
                .forEach(state::take);
    }

    /// False for a removed origin whose events have all folded here (R17).
    private boolean isKnown(ParticipantId origin) {
        return state.isParticipant(origin) || state.vector.get(origin) > 0;
    }

    /// R49: drops the events of a removed participant beyond its cut; they become salvage.
    private void cut(Decision.Cut cut, boolean removed) {
        Invariant.hold(
                state.history.folded().get(cut.removed()) <= cut.sequence(), "nothing folded is beyond a cut (R39)");
        state.cuts.put(cut.removed(), cut.sequence());
        for (LogEntry entry : state.log.removeBeyond(cut.removed(), cut.sequence())) {
            state.projections.remove(entry);
            state.journal.dropped(entry);
            state.salvage(entry);
            answering.turnAway(entry.id(), "the event did not get into history before the participants changed");
        }
        if (state.vector.get(cut.removed()) > cut.sequence()) {
            state.vector = state.vector.with(cut.removed(), cut.sequence());
        }
        Invariant.hold(
                removed || state.vector.get(cut.removed()) == cut.sequence() || state.vector.get(cut.removed()) == 0,
                "whoever enters an epoch holds every removed origin up to its cut (R39)");
    }

    /// R28, R48: the replica takes, originates and folds nothing more, and sends waiting callers to the
    /// remaining participants. These learn at once that it serves no reader any more (R77).
    private void leave() {
        phases.become(ReplicaStatus.Phase.REMOVED, "this node was removed from the shard");
        ask();
    }

    /// R13: asks the participants of a later epoch for the decisions in between.
    private void heardOf(long epoch, List<ParticipantId> participants) {
        if (state.participates() && epoch > state.epoch) {
            for (ParticipantId participant : participants) {
                if (!participant.node().equals(state.node)) {
                    state.outbox.send(participant.node(), new Message.AskDecisions(state.epoch));
                }
            }
        }
    }

    /// R41, R49: a participant of a settled epoch says that this replica is out.
    void receive(Message.Removed message) {
        if (message.epoch() < state.epoch || (message.epoch() == state.epoch && state.participates())) {
            return;
        }
        ParticipantId named = Participants.find(message.participants(), state.node);
        if (named != null) {
            namedIn(message, named);
            return;
        }
        if (state.participates()) {
            salvageBeyond(Math.min(message.cut(state.self), state.unheardFrom));
            state.participants(message.participants());
            state.epoch = message.epoch();
            state.lineage.entered(state.epoch, state.history.position());
            thaw();
            leave();
            epochChanged.run();
        }
        letGo();
    }

    /// R51: a removed replica goes once no other node needs it and its salvage is dealt with. Only then may its node
    /// join again, as another participant.
    private void letGo() {
        if (state.phase() == ReplicaStatus.Phase.REMOVED && state.salvage.isEmpty()) {
            phases.become(ReplicaStatus.Phase.GONE, "nobody needs this replica any more");
        }
    }

    /// R71: a node is added only after it has dropped the participant that it was. A replica that copies may
    /// hear late that it was added.
    private void namedIn(Message.Removed message, ParticipantId self) {
        if (self.epoch() > state.epoch && state.phase() != ReplicaStatus.Phase.COPYING) {
            oldCopy.detected(
                    "this node was added as " + self + ", and the store is in epoch " + Epoch.text(state.epoch));
        } else {
            heardOf(message.epoch(), message.participants());
        }
    }

    /// R49: if the cut is not known, all unfolded events of this participant are salvage.
    private void salvageBeyond(long cut) {
        for (LogEntry entry : state.log.of(state.self)) {
            if (entry.sequence() > cut) {
                state.salvage(entry);
            }
        }
    }
}
