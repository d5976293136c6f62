package io.legion.core.shard;

import io.legion.core.NodeId;
import io.legion.core.ParticipantId;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.List;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Finds the first event after which a replica that is set apart differs from another one: rule R91.
final class FirstDifference {
    private static final long PATIENCE_MILLIS = 1_000;

    /// How often each of the others is asked.
    private static final int TRIES = 3;

    private final ReplicaState state;

    /// Whom this replica still asks; empty if it asks nobody.
    private final ArrayDeque<ParticipantId> toAsk = new ArrayDeque<>();

    private HashTrail.@Nullable Window window;
    private long askedMillis;
    private String found = "";

    FirstDifference(ReplicaState state) {
        this.state = state;
    }

    /// This replica is set apart.
    ///
    /// @param position at which its hash differs
    /// @param others whose hashes do not agree with it
    void begin(long position, Collection<ParticipantId> others) {
        window = state.history.trail().at(position);
        if (window == null) {
            tell("This replica does not remember what it did before the " + position
                    + "th event: after which event they" + " differ cannot be found out");
            return;
        }
        for (int i = 0; i < TRIES; i++) {
            toAsk.addAll(others);
        }
        ask();
    }

    boolean isIdle() {
        return toAsk.isEmpty();
    }

    /// Where it differs, as sentences; empty while that is not known.
    String found() {
        return found;
    }

    void tick() {
        if (!toAsk.isEmpty() && state.elapsedMillis - askedMillis >= PATIENCE_MILLIS) {
            next();
        }
    }

    /// Whoever was asked does not help.
    private void next() {
        toAsk.removeFirst();
        if (toAsk.isEmpty()) {
            tell("The other participants did not tell after which event this replica differs");
        } else {
            ask();
        }
    }

    private void ask() {
        askedMillis = state.elapsedMillis;
        HashTrail.Window own = window;
        if (own != null) {
            var folds = hashes(own.folds());
            var states = own.states().stream().map(HashTrail.Large::hash).toList();
            state.outbox.send(
                    toAsk.getFirst().node(), new Message.AskDifference(state.self, own.position(), folds, states));
        }
    }

    private static List<Long> hashes(FoldRing folds) {
        return IntStream.iterate(folds.size() - 1, back -> back >= 0, back -> back - 1)
                .mapToObj(folds::hash)
                .toList();
    }

    /// Tells another replica what this one did otherwise.
    void answer(NodeId from, Message.AskDifference ask) {
        state.history.trail().keep(ask.position());
        HashTrail.Window own = state.history.trail().at(ask.position());
        int compared =
                own == null ? 0 : Math.min(own.folds().size(), ask.folds().size());
        state.outbox.send(
                from,
                new Message.Difference(
                        state.self,
                        ask.position(),
                        state.types.release(),
                        compared,
                        own == null ? null : part(own, ask)));
    }

    private Message.Difference.@Nullable Part part(HashTrail.Window own, Message.AskDifference ask) {
        int back = first(own.folds().size(), own.folds()::hash, ask.folds());
        if (back >= 0) {
            FoldRing.Fold fold = own.folds().fold(back);
            var result = fold.result();
            return result == null
                    ? new Message.Difference.Part(back, fold.event(), 0, 0, null, later(own))
                    : new Message.Difference.Part(
                            back, fold.event(), result.outcome(), result.state(), now(result.address()), later(own));
        }
        var states = own.states();
        int large = first(states.size(), at -> fromBack(states, at).hash(), ask.states());
        if (large < 0) {
            return null;
        }
        var part = fromBack(states, large);
        return new Message.Difference.Part(large, null, 0, part.hash(), now(part.address()), later(own));
    }

    private long later(HashTrail.Window own) {
        return state.history.position() - own.position();
    }

    private Message.@Nullable CopiedState now(@Nullable PartitionAddress address) {
        if (address == null) {
            return null;
        }
        var copied = state.infimum.copied(address);
        boolean fits = copied.bytes() == null || copied.bytes().size() <= Message.Difference.MOST_STATE_BYTES;
        return fits ? copied : null;
    }

    /// How many parts come after the first one that differs; -1 if none does. Both lists end at the same place.
    private static int first(int size, IntToLongFunction hash, List<Long> theirs) {
        for (int back = Math.min(size, theirs.size()) - 1; back >= 0; back--) {
            if (hash.applyAsLong(back) != fromBack(theirs, back)) {
                return back;
            }
        }
        return -1;
    }

    private static <T> T fromBack(List<T> list, int back) {
        return list.get(list.size() - 1 - back);
    }

    /// Takes an answer. One to an earlier question, from whomever, does as well.
    void receive(Message.Difference told) {
        HashTrail.Window own = window;
        if (toAsk.isEmpty() || own == null || told.position() != own.position()) {
            return;
        }
        if (told.compared() == 0) {
            next();
            return;
        }
        toAsk.clear();
        tell(new DifferenceText(state, own, told).text());
    }

    private void tell(String text) {
        found = text;
        state.outbox.alarm(Alarm.Kind.DIVERGED, text);
    }
}
