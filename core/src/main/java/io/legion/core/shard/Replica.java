package io.legion.core.shard;

import io.legion.core.NodeId;
import io.legion.core.ParticipantId;
import io.legion.core.RequestId;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One replica of one shard: takes requests, messages and the time; gives [Effects]. The rules it follows are
/// those of
/// `design/protocol.md`, by number.
///
/// Owned by one thread at a time. Deterministic: the same inputs in the same order give the same effects. If a
/// method
/// throws, or an effect can not be carried out, the replica must not be used any more.
public final class Replica {
    /// What a replica is given.
    ///
    /// @param self the node's identity
    public record Setup(NodeId self, ReplicaSettings settings, PartitionTypes types, ShardStorage storage) {}

    /// Stands for nobody who could stop waiting.
    private static final long NO_TICKET = -1;

    private final ReplicaState state;
    private final Storing storing;
    private final Answering answering;
    private final Originating originating;
    private final Reading reading;
    private final CopySource copies;
    private final Folding folding;
    private final Hashes hashes;
    private final Deltas deltas;
    private final Epochs epochs;
    private final Telling telling;
    private final Acceptor acceptor;
    private final Proposer proposer;
    private final Forcing forcing;
    private final Overruling overruling;
    private final Salvaging salvaging;
    private final OldCopy oldCopy;
    private final Returning returning;
    private @Nullable CopyTarget copying;

    private Replica(Setup setup) {
        state = new ReplicaState(setup);
        storing = new Storing(state);
        answering = new Answering(state);
        originating = new Originating(state, answering);
        reading = new Reading(state, originating);
        copies = new CopySource(state);
        folding = new Folding(state, answering, reading, copies);
        hashes = new Hashes(state);
        oldCopy = new OldCopy(state, answering, reading);
        returning = new Returning(state);
        deltas = new Deltas(state, hashes, oldCopy);
        epochs = new Epochs(state, answering, reading, folding, deltas, oldCopy);
        telling = new Telling(state, oldCopy);
        acceptor = new Acceptor(state);
        proposer = new Proposer(state, acceptor, epochs);
        forcing = new Forcing(state, acceptor, epochs);
        overruling = new Overruling(state, answering, reading);
        salvaging = new Salvaging(state);
        epochs.whenChanged(() -> {
            proposer.epochChanged();
            forcing.epochChanged();
            copies.epochChanged();
            returning.epochChanged();
        });
    }

    /// The first replica of a new shard, or one of the first: all of them are founded with equal lists, in epoch
    /// 0.
    public static Replica found(Setup setup, List<NodeId> participants) {
        var replica = new Replica(setup);
        replica.state.participants(
                participants.stream().map(node -> new ParticipantId(node, 0)).toList());
        replica.state.phase = ReplicaStatus.Phase.PARTICIPATING;
        replica.state.lineage.entered(0, 0);
        replica.state.journal.epoch = true;
        replica.state.journal.forced = true;
        replica.deltas.epochChanged();
        return replica;
    }

    /// A replica that begins to copy the shard from one of `sources`, to be added when it has caught up (R44).
    public static Replica join(Setup setup, List<NodeId> sources) {
        return join(setup, sources, -1);
    }

    /// As [#join(Setup, List)], on a node that took part before and has dropped that replica since.
    ///
    /// @param retired the epoch in which this node's last participant was added: neither that one nor an earlier
    ///     one starts again (R2), whoever still believes in it; -1 if there was none
    public static Replica join(Setup setup, List<NodeId> sources, long retired) {
        var replica = new Replica(setup);
        replica.copying = new CopyTarget(replica.state, sources, retired);
        return replica;
    }

    /// Somebody wishes for a copy made from one of `sources`; ignored if this replica takes part, or copies from
    /// another
    /// one that was wished for a moment ago (R44).
    public void copyFrom(List<NodeId> sources) {
        whileCopying(target -> target.copyFrom(sources));
    }

    /// True if the store holds a replica, also one that was copying.
    public static boolean isStored(ShardStorage storage) {
        return Recovery.isPresent(storage);
    }

    /// The replica that the store holds.
    ///
    /// @param sources where to copy from, if it had not finished copying
    /// @param retired see [#join(Setup, List, long)]
    public static Replica recover(Setup setup, List<NodeId> sources, long retired) {
        var replica = new Replica(setup);
        new Recovery(replica.state, replica.storing).recover();
        if (replica.state.phase == ReplicaStatus.Phase.COPYING) {
            return join(setup, sources, retired);
        }
        replica.overruling.recovered();
        replica.deltas.epochChanged();
        replica.returning.begin();
        return replica;
    }

    /// Takes a request; the reply comes with some later effects, exactly once.
    public void request(Request request, long nowMillis) {
        state.at(nowMillis);
        if (returning.isReturning() && returning.isFull()) {
            answering.refuse(request, Reply.Refusal.OVERLOADED, "this node has just started; try again");
            return;
        }
        returning.whenBack(request.ticket(), () -> originating.request(request));
    }

    /// Takes a read; the reply comes with some later effects.
    public void read(Read read, long nowMillis) {
        state.at(nowMillis);
        returning.whenBack(read.ticket(), () -> reading.read(read));
    }

    /// Nobody waits under this ticket any more; its event, if accepted, stands all the same.
    public void forget(long ticket) {
        answering.forget(ticket);
        reading.forget(ticket);
        returning.forget(ticket);
    }

    /// Takes a message from the replica on another node.
    public void receive(NodeId from, Message message, long nowMillis) {
        state.at(nowMillis);
        if (state.phase != ReplicaStatus.Phase.SET_APART && !oldCopy.isFound()) {
            dispatch(from, message);
            returning.doneIfAnswered();
        }
    }

    private void dispatch(NodeId from, Message message) {
        if (overruling.isOverruled()) {
            dispatchOverruled(from, message);
            return;
        }
        switch (message) {
            case Message.Delta m -> receive(from, m);
            case Message.ClockAhead m -> originating.toldClockAhead(m.aheadMillis());
            case Message.AskDecisions m -> telling.tell(from, m.epoch());
            case Message.Decisions m -> epochs.receive(from, m);
            case Message.Removed m -> epochs.receive(m);
            case Message.Prepare m -> ifBack(from, m.epoch(), () -> acceptor.receive(from, m));
            case Message.Promise m -> ifPresent(from, m.epoch(), () -> received(m));
            case Message.Accept m -> ifBack(from, m.epoch(), () -> accept(from, m));
            case Message.Accepted m -> ifPresent(from, m.epoch(), () -> proposer.receive(m));
            case Message.Refused m -> ifPresent(from, m.epoch(), () -> received(m));
            case Message.Overruled m -> ifStarted(() -> overruling.receive(m));
            case Message.AskKnown m -> ifBack(() -> answer(from, m));
            case Message.Known m -> overruling.receive(m);
            case Message.AskPiece m -> ifBack(() -> copies.receive(from, m));
            case Message.AskBefore m -> ifPresent(from, m.epoch(), () -> oldCopy.answer(from, m));
            case Message.Before m -> received(m);
            case Message.TwoUnderOne m -> ifStarted(() -> oldCopy.receive(m));
            case Message.Piece m -> whileCopying(target -> target.receive(from, m));
            case Message.StartOver m -> whileCopying(target -> target.receive(from, m));
            case Message.Start m -> whileCopying(target -> start(target.receive(from, m)));
        }
    }

    /// R71: a value that names more of this participant's events than it has is not accepted.
    private void accept(NodeId from, Message.Accept accept) {
        oldCopy.look(from, accept.vote().value());
        if (state.participates()) {
            acceptor.receive(from, accept);
        }
    }

    private void received(Message.Before before) {
        CopyTarget target = copying;
        if (target == null) {
            if (oldCopy.receive(before)) {
                returning.answered(before.from());
            }
        } else if (before.of().node().equals(state.node) && !target.isRetired(before.of())) {
            copying = null;
            oldCopy.found(before.from() + " has heard " + before.of() + ", which the store does not have");
        }
    }

    private void received(Message.Promise promise) {
        oldCopy.lookAt(promise.from(), promise.vector().get(state.self));
        if (!state.participates()) {
            return;
        }
        proposer.receive(promise);
        forcing.receive(promise);
    }

    private void received(Message.Refused refused) {
        proposer.receive(refused);
        forcing.receive(refused);
    }

    /// R43: who is overruled says so, looks for its events, and does nothing else.
    private void dispatchOverruled(NodeId from, Message message) {
        if (message instanceof Message.Overruled m) {
            overruling.receive(m);
        } else if (message instanceof Message.Known m) {
            overruling.receive(m);
        } else if (message instanceof Message.Before m) {
            received(m);
        } else if (message instanceof Message.AskPiece m) {
            copies.receive(from, m);
        } else if (message instanceof Message.AskDecisions m) {
            overruling.tell(from, m.epoch());
        } else if (message instanceof Message.AskKnown m) {
            overruling.tell(from, m.epoch());
        } else if (message instanceof Message.Delta m) {
            overruling.tell(from, m.epoch());
        }
    }

    private void answer(NodeId from, Message.AskKnown ask) {
        if (telling.knowsEraOf(ask.epoch())) {
            overruling.answer(from, ask);
        } else if (copying == null) {
            telling.tellOfEra(from, ask.epoch());
        }
    }

    private void ifStarted(Runnable action) {
        if (copying == null) {
            action.run();
        }
    }

    private void whileCopying(Consumer<CopyTarget> action) {
        if (copying != null) {
            action.accept(copying);
        }
    }

    private void start(boolean started) {
        if (started) {
            copying = null;
            deltas.epochChanged();
        }
    }

    /// R13, R37: only within one epoch; who is behind is told, who is ahead is asked.
    private void ifPresent(NodeId from, long epoch, Runnable action) {
        if (copying != null) {
            return;
        }
        if (epoch < state.epoch) {
            telling.tell(from, epoch);
        } else if (epoch > state.epoch) {
            state.outbox.send(from, new Message.AskDecisions(state.epoch));
        } else if (state.participates()) {
            action.run();
        }
    }

    /// R72: only what does not need this replica to know all that it once said.
    private void ifBack(Runnable action) {
        if (!returning.isReturning()) {
            action.run();
        }
    }

    private void ifBack(NodeId from, long epoch, Runnable action) {
        ifPresent(from, epoch, () -> ifBack(action));
    }

    private void receive(NodeId from, Message.Delta delta) {
        whileCopying(target -> target.heardOf(from));
        if (copying == null && delta.epoch() == state.epoch && !state.isParticipant(delta.from())) {
            telling.tell(from, delta.epoch());
        } else {
            ifPresent(from, delta.epoch(), () -> take(delta));
        }
    }

    private void take(Message.Delta delta) {
        oldCopy.look(delta);
        if (state.participates()) {
            deltas.receive(delta);
        }
    }

    /// The store is known to be an older copy of itself, by another shard in it (R71): this replica gives up its place.
    public void foundOldCopy(long nowMillis) {
        state.at(nowMillis);
        if (state.participates() || copying != null) {
            copying = null;
            oldCopy.found("so it was found of another shard in it");
            returning.doneIfAnswered();
        }
    }

    /// Time has passed. To be called every 50 ms or so while the replica is not idle.
    public void tick(long nowMillis) {
        state.at(nowMillis);
        if (copying != null) {
            copying.tick();
            return;
        }
        returning.tick();
        deltas.tick();
        if (!returning.isReturning()) {
            proposer.tick();
            forcing.tick();
        }
        overruling.tick();
        copies.tick();
        salvaging.tick();
        epochs.tick();
    }

    /// The way to this node is open again after it was not: the two sides compare vectors first.
    public void reconnected(NodeId node, long nowMillis) {
        state.at(nowMillis);
        deltas.reconnected(node);
        returning.reconnected(node);
    }

    /// The shell has heard that the shard is in a later epoch with these participants: they are asked.
    public void heardOf(long epoch, List<ParticipantId> participants, long nowMillis) {
        state.at(nowMillis);
        epochs.heardOf(epoch, participants);
    }

    /// Proposes a change of the participants; ignored if one is under way here or it would not be prudent (R35).
    public void change(Change change, long nowMillis) {
        state.at(nowMillis);
        ifBack(() -> proposer.propose(change));
    }

    /// Decides alone with those who are left, when a majority is lost (R43). What only the lost ones hold is not in the
    /// history that goes on: events that were answered DURABLE, and, if the lost ones live and go on by themselves,
    /// FINAL. An alarm says how it ended; with no other survivor it is decided at once. Where a majority is left,
    /// nothing happens but the alarm.
    public void force(LossAccepted command, long nowMillis) {
        state.at(nowMillis);
        returning.whenBack(NO_TICKET, () -> forcing.force(command));
    }

    /// A resubmitted request is DURABLE where it was submitted: it is no longer salvage.
    public void resubmitted(RequestId id) {
        salvaging.resubmitted(id);
    }

    /// The next effects are to have everything that has folded, so that nothing has to be folded again after a restart.
    public void checkpoint() {
        state.checkpoint.ask();
    }

    /// Everything to be done for the inputs since the last call.
    public Effects drain() {
        reading.place();
        folding.fold();
        answering.checkDurable();
        hashes.check();
        epochs.forgetDecisions();
        deltas.flush();
        boolean force = state.journal.forced;
        state.journal.forced = false;
        List<Write> writes = storing.drain(state.outbox.nextNumber());
        return state.outbox.drain(writes, force);
    }

    /// The writes of the effects up to this number are in the store.
    public void stored(long number) {
        state.infimum.stored(number);
    }

    /// True if nothing is outstanding and nothing is under way: no tick is needed until the next input.
    public boolean idle() {
        return switch (state.phase) {
            case PARTICIPATING ->
                !returning.isReturning()
                        && state.log.isEmpty()
                        && !state.frozen()
                        && proposer.isIdle()
                        && forcing.isIdle()
                        && copies.isIdle()
                        && state.salvage.isEmpty()
                        && !state.checkpoint.isPending()
                        && deltas.isQuiet();
            case COPYING, REMOVED -> false;
            case OVERRULED -> overruling.isIdle();
            case OLD_COPY -> state.salvage.isEmpty();
            case SET_APART, GONE -> true;
        };
    }

    /// How the replica stands.
    public ReplicaStatus status() {
        return new ReplicaStatus(
                state.phase,
                state.self,
                state.epoch,
                state.participants,
                state.frozen(),
                returning.isReturning(),
                state.log.size(),
                state.history.position(),
                state.history.position() - state.checkpoint.folds(),
                state.history.hash(),
                state.participants.stream().map(deltas::silentMillis).toList(),
                state.participants.stream().filter(this::hasEntered).toList(),
                copies.ready(),
                salvaging.listed(),
                state.listing.status());
    }

    private boolean hasEntered(ParticipantId participant) {
        return participant.equals(state.self) || state.heardInEpoch.contains(participant);
    }
}
