package io.legion.core.shard;

import io.legion.core.NodeId;
import io.legion.core.ParticipantId;
import io.legion.core.primitive.Epoch;
import io.legion.core.primitive.Murmur;
import java.util.ArrayList;
import java.util.List;
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

    /// The promises of the survivors; null until the first command.
    private @Nullable Promises promises;

    /// A higher ballot, or another epoch, has overtaken the promises: the next ones need a new ballot.
    private boolean overtaken;

    private long commandedMillis;
    private long askedMillis;

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
        var begun = new Promises(state, survivors(given.lost()), removed(given), List.of());
        promises = begun;
        overtaken = false;
        ask(begun);
        receive(acceptor.promise(begun.prepare));
    }

    private List<ParticipantId> removed(LossAccepted given) {
        var removed = new ArrayList<>(state.participants);
        removed.removeAll(survivors(given.lost()));
        return removed;
    }

    private void ask(Promises asking) {
        askedMillis = state.elapsedMillis;
        asking.ask();
    }

    void receive(Message.Promise promise) {
        LossAccepted given = command;
        Promises taking = promises;
        if (given != null && taking != null && !overtaken && taking.take(promise) && taking.isComplete()) {
            decide(given, taking);
        }
    }

    /// R86: the versions stay what they are.
    private void decide(LossAccepted given, Promises complete) {
        List<ParticipantId> survivors = survivors(given.lost());
        var tail = tail(complete);
        var cuts = new ArrayList<Decision.Cut>();
        removed(given).forEach(lost -> cuts.add(new Decision.Cut(lost, highest(lost, complete, tail))));
        command = null;
        alarm("has been carried out: epoch " + Epoch.text(state.epoch) + " of " + state.participants + " is over, and "
                + survivors + " go on alone. What only the others held is not in their history");
        epochs.decided(new Decision(survivors, cuts, tail, List.of(), eraBy(state.self, state.epoch)));
    }

    /// The first epoch of the era that a participant opens by force.
    static long eraBy(ParticipantId forcer, long epoch) {
        return Epoch.forced(epoch, Murmur.mix(forcer.node().value() * 0x9e3779b97f4a7c15L + forcer.epoch()));
    }

    /// All that the survivors hold, and what they would hold if a value that they accepted had been decided.
    private static List<LogEntry> tail(Promises complete) {
        var tail = complete.acceptedTails();
        tail.putAll(complete.outstanding());
        return List.copyOf(tail.values());
    }

    private static long highest(ParticipantId origin, Promises complete, List<LogEntry> tail) {
        long highest = complete.highest(origin);
        for (LogEntry entry : tail) {
            highest = entry.origin().equals(origin) ? Math.max(highest, entry.sequence()) : highest;
        }
        return highest;
    }

    /// R37: begins again soon, under a higher ballot.
    void receive(Message.Refused refused) {
        overtaken |= promises != null && promises.isBelow(refused.promised());
    }

    /// An ordinary change was decided after all. The command goes on in the next epoch if still needed there.
    void epochChanged() {
        overtaken = true;
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
        } else if (state.elapsedMillis - askedMillis >= state.settings.resendMillis()) {
            repeat(given);
        }
    }

    private void repeat(LossAccepted given) {
        if (promises == null || overtaken) {
            begin(given);
        } else {
            ask(promises);
        }
    }

    private void giveUp(LossAccepted given) {
        var silent = new ArrayList<>(survivors(given.lost()));
        if (promises != null) {
            silent.removeAll(promises.givers());
        }
        command = null;
        alarm("was given up, because " + silent + " did not answer and are not among the lost nodes. Nothing was"
                + " decided. Bring them back, or declare them lost as well");
    }

    private void alarm(String what) {
        state.outbox.alarm(Alarm.Kind.FORCED, "an operator's command to force a change of the participants " + what);
    }
}
