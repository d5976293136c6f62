package io.legion.core.shard;

import io.legion.core.NodeId;
import io.legion.core.ParticipantId;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.List;
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
                    + "th event, so it cannot tell after which event they differ");
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
            var folds = ofFolds(own.folds().all());
            var states = ofStates(own);
            state.outbox.send(
                    toAsk.getFirst().node(), new Message.AskDifference(state.self, own.position(), folds, states));
        }
    }

    private static List<Long> ofFolds(List<RecentFolds.Fold> folds) {
        return folds.stream().map(RecentFolds.Fold::hash).toList();
    }

    private static List<Long> ofStates(HashTrail.Window window) {
        return window.states().stream().map(HashTrail.Large::hash).toList();
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
        var folds = own.folds().all();
        int back = first(ofFolds(folds), ask.folds());
        if (back >= 0) {
            RecentFolds.Fold fold = fromBack(folds, back);
            var result = fold.result();
            return result == null
                    ? new Message.Difference.Part(back, fold.event(), 0, 0, null, later(own))
                    : new Message.Difference.Part(
                            back, fold.event(), result.outcome(), result.state(), now(result.address()), later(own));
        }
        int large = first(ofStates(own), ask.states());
        if (large < 0) {
            return null;
        }
        var part = fromBack(own.states(), large);
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
    private static int first(List<Long> mine, List<Long> theirs) {
        for (int back = Math.min(mine.size(), theirs.size()) - 1; back >= 0; back--) {
            if (!fromBack(mine, back).equals(fromBack(theirs, back))) {
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
        if (told.compared() == 0 || !isHere(own, told.part())) {
            next();
            return;
        }
        toAsk.clear();
        tell(new DifferenceText(state, own, told).text());
    }

    /// Whether this replica has the part: what another one says of places is not trusted.
    private static boolean isHere(HashTrail.Window own, Message.Difference.@Nullable Part part) {
        if (part == null) {
            return true;
        }
        int parts = part.event() == null ? own.states().size() : own.folds().size();
        return 0 <= part.back() && part.back() < parts;
    }

    private void tell(String text) {
        found = text;
        state.outbox.alarm(Alarm.Kind.DIVERGED, text);
    }
}
