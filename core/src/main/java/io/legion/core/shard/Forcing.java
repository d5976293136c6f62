package io.legion.core.shard;

import io.legion.core.Epoch;
import io.legion.core.EventId;
import io.legion.core.NodeId;
import io.legion.core.ParticipantId;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Decides alone, by an operator's command, when a majority is lost: rule R43.
///
/// It asks for the promises of all survivors, and decides once it has them all; nobody votes. The survivors
/// need not be a majority, which is why the decision opens an era of its own.
final class Forcing {
    /// The replica gives a command up after this many decide timeouts.
    private static final int PATIENCE = 10;

    private final ReplicaState state;
    private final Acceptor acceptor;
    private final Epochs epochs;

    private @Nullable LossAccepted command;
    private @Nullable Ballot ballot;
    private long commandedMillis;
    private long sentMillis;
    private final TreeMap<ParticipantId, Message.Promise> promises = new TreeMap<>();

    Forcing(ReplicaState state, Acceptor acceptor, Epochs epochs) {
        this.state = state;
        this.acceptor = acceptor;
        this.epochs = epochs;
    }

    boolean isIdle() {
        return command == null;
    }

    void force(LossAccepted given) {
        String refusal = refusal(given.lost());
        if (refusal != null) {
            alarm("was refused, because " + refusal + ". Nothing was changed");
            return;
        }
        command = given;
        commandedMillis = state.elapsedMillis;
        begin(given);
    }

    /// Why the change cannot be forced, or null if it can.
    private @Nullable String refusal(List<NodeId> lost) {
        if (!state.participates()) {
            return "this node does not take part in the shard";
        }
        if (lost.contains(state.node)) {
            return "this node itself is among those that are declared lost";
        }
        if (state.isMajority(survivors(lost).size())) {
            return "a majority of " + state.participants + " is left without the lost nodes " + lost
                    + ": remove these instead, by an ordinary change";
        }
        return Epoch.mayBeForced(state.epoch) ? null : "the shard has been forced 1,023 times";
    }

    private List<ParticipantId> survivors(List<NodeId> lost) {
        return state.participants.stream()
                .filter(participant -> !lost.contains(participant.node()))
                .toList();
    }

    /// As R29: a ballot of its own keeps the promises of two commands apart.
    private void begin(LossAccepted given) {
        promises.clear();
        state.ballotNumber++;
        state.journal.forceAcceptor();
        ballot = new Ballot(state.ballotNumber, state.self);
        Message.Prepare prepare = prepare(given, ballot);
        send(given, prepare);
        receive(acceptor.promise(prepare));
    }

    private Message.Prepare prepare(LossAccepted given, Ballot under) {
        return new Message.Prepare(state.epoch, under, removed(given));
    }

    private List<ParticipantId> removed(LossAccepted given) {
        var removed = new ArrayList<>(state.participants);
        removed.removeAll(survivors(given.lost()));
        return removed;
    }

    private void send(LossAccepted given, Message.Prepare prepare) {
        sentMillis = state.elapsedMillis;
        for (ParticipantId survivor : survivors(given.lost())) {
            if (!survivor.equals(state.self) && !promises.containsKey(survivor)) {
                state.outbox.send(survivor.node(), prepare);
            }
        }
    }

    void receive(Message.Promise promise) {
        LossAccepted given = command;
        if (given == null || !promise.ballot().equals(ballot)) {
            return;
        }
        List<ParticipantId> survivors = survivors(given.lost());
        if (survivors.contains(promise.from())) {
            promises.put(promise.from(), promise);
            state.promises.put(promise.from(), promise.ballot());
        }
        if (promises.keySet().containsAll(survivors)) {
            decide(given, survivors);
        }
    }

    private void decide(LossAccepted given, List<ParticipantId> survivors) {
        var tail = tail();
        var cuts = new ArrayList<Decision.Cut>();
        removed(given).forEach(lost -> cuts.add(new Decision.Cut(lost, highest(lost, tail))));
        command = null;
        alarm("has been carried out: epoch " + Epoch.text(state.epoch) + " of " + state.participants + " is over, and "
                + survivors + " go on alone. What only the others held is not in their history");
        epochs.decided(
                new Decision(survivors, cuts, List.copyOf(tail.values()), Epoch.forced(state.epoch, state.self)));
    }

    /// All that the survivors hold, and what they would hold if a value that they accepted had been decided.
    private SortedMap<EventId, LogEntry> tail() {
        var tail = new TreeMap<EventId, LogEntry>();
        for (Message.Promise promise : promises.values()) {
            Message.Vote vote = promise.accepted();
            if (vote != null) {
                vote.value().tail().forEach(entry -> tail.put(entry.id(), entry));
            }
            promise.outstanding().forEach(entry -> tail.put(entry.id(), entry));
        }
        return tail;
    }

    private long highest(ParticipantId origin, SortedMap<EventId, LogEntry> tail) {
        long highest = 0;
        for (Message.Promise promise : promises.values()) {
            highest = Math.max(highest, promise.vector().get(origin));
        }
        for (LogEntry entry : tail.values()) {
            highest = entry.origin().equals(origin) ? Math.max(highest, entry.sequence()) : highest;
        }
        return highest;
    }

    /// R37: begins again soon, under a higher ballot.
    void receive(Message.Refused refused) {
        Ballot present = ballot;
        if (present != null && present.compareTo(refused.promised()) < 0) {
            ballot = null;
        }
    }

    /// An ordinary change was decided after all. The command goes on in the next epoch if still needed there.
    void epochChanged() {
        ballot = null;
        LossAccepted given = command;
        String refusal = given == null ? null : refusal(given.lost());
        if (refusal != null) {
            command = null;
            alarm("is not needed any more, because " + refusal);
        }
    }

    void tick() {
        LossAccepted given = command;
        if (given == null) {
            return;
        }
        if (state.elapsedMillis - commandedMillis >= PATIENCE * state.settings.decideTimeoutMillis()) {
            giveUp(given);
        } else if (state.elapsedMillis - sentMillis >= state.settings.resendMillis()) {
            Ballot under = ballot;
            if (under == null) {
                begin(given);
            } else {
                send(given, prepare(given, under));
            }
        }
    }

    private void giveUp(LossAccepted given) {
        var silent = new ArrayList<>(survivors(given.lost()));
        silent.removeAll(promises.keySet());
        command = null;
        alarm("was given up, because " + silent + " did not answer and are not among the lost nodes. Nothing was"
                + " decided. Bring them back, or declare them lost as well");
    }

    private void alarm(String what) {
        state.outbox.alarm(Alarm.Kind.FORCED, "an operator's command to force a change of the participants " + what);
    }
}
