package io.legion.core.shard;

import io.legion.core.NodeId;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Gives each message to its rule, if the replica may hear it now: rules R13, R37, R43, R71 and R72.
final class Reception {
    private final Rules rules;

    /// Null unless the replica copies the shard.
    private @Nullable CopyTarget copying;

    Reception(Rules rules) {
        this.rules = rules;
    }

    void copy(CopyTarget target) {
        copying = target;
    }

    boolean isCopying() {
        return copying != null;
    }

    /// R71: abandons all activity of this replica.
    void oldCopyDetected() {
        if (rules.state.participates() || copying != null) {
            copying = null;
            rules.oldCopy.detected("so it was found of another shard in it");
            rules.returning.doneIfAnswered();
        }
    }

    void receive(NodeId from, Message message) {
        if (rules.state.isReturning()) {
            rules.returning.heard(from);
        } else if (rules.freshness.isListening()) {
            rules.freshness.heard(from);
        }
        if (rules.overruling.isOverruled()) {
            dispatchOverruled(from, message);
            return;
        }
        switch (message) {
            case Message.Delta m -> receive(from, m);
            case Message.ClockAhead m -> ifStarted(() -> rules.complaints.receive(m));
            case Message.AskDecisions m -> asked(from, m);
            case Message.Decisions m -> received(from, m);
            case Message.Removed m -> rules.epochs.receive(m);
            case Message.Prepare m -> ifBack(from, m.epoch(), () -> rules.acceptor.receive(from, m));
            case Message.Promise m -> ifPresent(from, m.epoch(), () -> received(m));
            case Message.Accept m -> ifBack(from, m.epoch(), () -> accept(from, m));
            case Message.Accepted m -> ifPresent(from, m.epoch(), () -> rules.proposer.receive(m));
            case Message.Refused m -> ifPresent(from, m.epoch(), () -> received(m));
            case Message.Overruled m -> ifStarted(() -> rules.overruling.receive(m));
            case Message.AskKnown m -> ifBack(() -> answer(from, m));
            case Message.Known m -> rules.overruling.receive(m);
            case Message.AskPiece m -> ifBack(() -> rules.copies.receive(from, m));
            case Message.AskKnownOfMe m -> ifPresent(from, m.epoch(), () -> rules.oldCopy.answer(from, m));
            case Message.KnownOfYou m -> received(m);
            case Message.SequenceReused m -> ifStarted(() -> rules.oldCopy.receive(m));
            case Message.AskHeld m -> ifPresent(from, m.epoch(), () -> rules.freshness.answer(from, m));
            case Message.Held m -> ifPresent(from, m.epoch(), () -> rules.freshness.receive(m));
            case Message.OutOfTouch m -> outOfTouch(from, m);
            case Message.AskDifference m -> ifStarted(() -> rules.firstDifference.answer(from, m));
            case Message.Difference m -> rules.firstDifference.receive(m);
            case Message.Piece m -> whileCopying(target -> target.receive(from, m));
            case Message.StartOver m -> whileCopying(target -> target.receive(from, m));
            case Message.Start m -> whileCopying(target -> start(target.receive(from, m)));
        }
    }

    /// R59, R91: a replica that is set apart looks for the event after which it differs, and does nothing else.
    void receiveSetApart(NodeId from, Message message) {
        if (message instanceof Message.AskDifference ask) {
            rules.firstDifference.answer(from, ask);
        } else if (message instanceof Message.Difference told) {
            rules.firstDifference.receive(told);
        }
    }

    /// R78: also from a later epoch, which this replica enters before it may serve.
    private void outOfTouch(NodeId from, Message.OutOfTouch message) {
        if (rules.state.participates() && !rules.state.isReturning() && message.epoch() >= rules.state.epoch) {
            rules.freshness.receive(message);
        }
        ifPresent(from, message.epoch(), () -> {});
    }

    private void asked(NodeId from, Message.AskDecisions ask) {
        rules.leavers.asked(from, ask.epoch());
        rules.telling.tell(from, ask.epoch());
    }

    /// R71: refuses a value that names more of this participant's events than it has.
    private void accept(NodeId from, Message.Accept accept) {
        rules.oldCopy.look(from, accept.vote().value());
        if (rules.state.participates()) {
            rules.acceptor.receive(from, accept);
        }
    }

    /// R45: a replica that still copies learns here that it may be added.
    private void received(NodeId from, Message.Decisions decisions) {
        whileCopying(CopyTarget::mayStart);
        rules.epochs.receive(from, decisions);
    }

    private void received(Message.KnownOfYou known) {
        CopyTarget target = copying;
        if (target == null) {
            if (rules.oldCopy.receive(known)) {
                rules.returning.answered(known.from());
            }
        } else if (target.showsOldCopy(known)) {
            copying = null;
            rules.oldCopy.detected(known.from() + " has heard " + known.of() + ", which the store does not have");
        }
    }

    private void received(Message.Promise promise) {
        rules.oldCopy.lookAt(promise.from(), promise.vector().get(rules.state.self));
        if (!rules.state.participates()) {
            return;
        }
        rules.proposer.receive(promise);
        rules.forcing.receive(promise);
    }

    private void received(Message.Refused refused) {
        rules.proposer.receive(refused);
        rules.forcing.receive(refused);
    }

    /// R43: an overruled replica says so, looks for its events, and does nothing else.
    private void dispatchOverruled(NodeId from, Message message) {
        switch (message) {
            case Message.Overruled m -> rules.overruling.receive(m);
            case Message.Known m -> rules.overruling.receive(m);
            case Message.AskPiece m -> rules.copies.receive(from, m);
            case Message.AskDecisions m -> rules.overruling.tell(from, m.epoch());
            case Message.AskKnown m -> rules.overruling.tell(from, m.epoch());
            case Message.Delta m -> rules.overruling.tell(from, m.epoch());
            case Message.ClockAhead _,
                    Message.Decisions _,
                    Message.Removed _,
                    Message.Prepare _,
                    Message.Promise _,
                    Message.Accept _,
                    Message.Accepted _,
                    Message.Refused _,
                    Message.AskKnownOfMe _,
                    Message.KnownOfYou _,
                    Message.SequenceReused _,
                    Message.AskHeld _,
                    Message.Held _,
                    Message.OutOfTouch _,
                    Message.AskDifference _,
                    Message.Difference _,
                    Message.Piece _,
                    Message.StartOver _,
                    Message.Start _ -> {}
        }
    }

    private void answer(NodeId from, Message.AskKnown ask) {
        if (rules.telling.knowsEraOf(ask.epoch())) {
            rules.overruling.answer(from, ask);
        } else if (copying == null) {
            rules.telling.tellOfEra(from, ask.epoch());
        }
    }

    private void ifStarted(Runnable action) {
        if (copying == null) {
            action.run();
        }
    }

    /// How many bytes of states it has copied; null if it does not copy.
    @Nullable
    Long copiedBytes() {
        return copying == null ? null : copying.copiedBytes();
    }

    void whileCopying(Consumer<CopyTarget> action) {
        if (copying != null) {
            action.accept(copying);
        }
    }

    private void start(boolean started) {
        if (started) {
            copying = null;
            rules.deltas.epochChanged();
            rules.leavers.started();
            rules.freshness.doubt();
        }
    }

    /// R13, R37: only within one epoch; tells a sender that is behind, asks one that is ahead.
    private void ifPresent(NodeId from, long epoch, Runnable action) {
        if (copying != null) {
            return;
        }
        if (epoch < rules.state.epoch) {
            rules.telling.tell(from, epoch);
        } else if (epoch > rules.state.epoch) {
            rules.state.outbox.send(from, new Message.AskDecisions(rules.state.epoch));
        } else if (rules.state.participates()) {
            action.run();
        }
    }

    /// R72: not while the replica is returning, and may not know all that it once said.
    void ifBack(Runnable action) {
        if (!rules.state.isReturning()) {
            action.run();
        }
    }

    private void ifBack(NodeId from, long epoch, Runnable action) {
        ifPresent(from, epoch, () -> ifBack(action));
    }

    private void receive(NodeId from, Message.Delta delta) {
        whileCopying(target -> target.heardOf(from));
        if (copying == null && delta.epoch() == rules.state.epoch && !rules.state.isParticipant(delta.from())) {
            rules.telling.tell(from, delta.epoch());
        } else {
            ifPresent(from, delta.epoch(), () -> take(delta));
        }
    }

    private void take(Message.Delta delta) {
        rules.oldCopy.look(delta);
        if (rules.state.participates()) {
            rules.intake.receive(delta);
        }
    }
}
