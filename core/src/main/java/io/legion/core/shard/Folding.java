package io.legion.core.shard;

import io.legion.core.ParticipantId;
import io.legion.core.primitive.Invariant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Folding: rules R17, R18, R19, R20, R21 and R22.
final class Folding {
    private final ReplicaState state;
    private final Answering answering;
    private final Reading reading;
    private final CopySource copies;
    private final EarlyWarning warning;

    Folding(ReplicaState state, Answering answering, Reading reading, CopySource copies) {
        this.state = state;
        this.answering = answering;
        this.reading = reading;
        this.copies = copies;
        this.warning = new EarlyWarning(state);
    }

    /// R21: folds every event that may fold now; a frozen replica folds nothing.
    void fold() {
        if (!state.mayFold || state.log.isEmpty() || state.frozen() || !state.participates()) {
            return;
        }
        state.mayFold = false;
        if (!isEveryRowBacked()) {
            return;
        }
        Invariant.hold(areCutsComplete(), "in an epoch every removed origin is complete up to its cut (R20)");
        var held = new Held();
        for (LogEntry first = state.log.first(); first != null && held.covers(first); first = state.log.first()) {
            foldFirst(first);
        }
    }

    /// R19: this replica holds all that each participant had originated when it sent its row.
    private boolean isEveryRowBacked() {
        for (ParticipantId participant : state.participants) {
            if (state.vector.get(participant) < state.row(participant).get(participant)) {
                return false;
            }
        }
        return true;
    }

    /// R20: holds every removed origin's events up to its cut.
    private boolean areCutsComplete() {
        for (int i = 0; i < state.vector.size(); i++) {
            ParticipantId origin = state.vector.origin(i);
            Long cut = state.isParticipant(origin) ? null : state.cuts.get(origin);
            if (cut != null && state.vector.sequence(i) < cut) {
                return false;
            }
        }
        return true;
    }

    /// R18: up to where every participant holds an origin's events. That stays the same while one event after
    /// the other folds, most of them of one origin.
    private final class Held {
        private @Nullable ParticipantId origin;
        private long sequence;

        boolean covers(LogEntry entry) {
            if (!entry.origin().equals(origin)) {
                origin = entry.origin();
                sequence = heldByAll(entry.origin());
            }
            return entry.sequence() <= sequence;
        }

        private long heldByAll(ParticipantId of) {
            long least = Long.MAX_VALUE;
            for (ParticipantId participant : state.participants) {
                least = Math.min(least, state.held(participant, of));
            }
            return least;
        }
    }

    /// R18, R19: the participants for which the smallest outstanding event waits: they have originated what this
    /// replica lacks, or are not known to hold the event. None while this replica is frozen (R21).
    List<ParticipantId> awaited() {
        LogEntry first = state.log.first();
        return first == null || state.frozen()
                ? List.of()
                : state.participants.stream()
                        .filter(participant -> isAwaited(participant, first))
                        .toList();
    }

    private boolean isAwaited(ParticipantId participant, LogEntry entry) {
        return state.vector.get(participant) < state.row(participant).get(participant)
                || !state.covers(participant, entry.origin(), entry.sequence());
    }

    /// R22: folds the smallest outstanding event.
    private void foldFirst(LogEntry entry) {
        var last = state.history.lastFolded();
        Invariant.hold(last == null || last.compareTo(entry.id()) < 0, "folds go upward in id (R22)");
        state.log.removeFirst(entry);
        if (entry.isBarrier()) {
            state.history.advance(entry, null);
        } else {
            foldEvent(entry);
        }
        reading.folded(entry);
        state.checkpoint.folded(entry, state.elapsedMillis);
        forgetCompleted(entry.origin());
    }

    private void foldEvent(LogEntry entry) {
        RequestMemory.Knowledge knowledge = state.memory.of(entry);
        Result result = fold(entry, knowledge);
        state.history.advance(entry, result);
        if (result.changed()) {
            copies.changedBy(entry);
        }
        if (knowledge == RequestMemory.Knowledge.NEW) {
            remember(entry, result);
        }
        answering.folded(entry, result.summary(), knowledge);
    }

    private Result fold(LogEntry entry, RequestMemory.Knowledge knowledge) {
        if (knowledge != RequestMemory.Knowledge.NEW || !state.observer.observes(entry.type())) {
            return state.projections.fold(entry, knowledge);
        }
        Object before = state.projections.infimum(entry);
        Result result = state.projections.fold(entry, knowledge);
        observe(entry, before, result);
        return result;
    }

    private void observe(LogEntry entry, Object before, Result result) {
        Result.Summary summary = result.summary();
        boolean failed = summary.kind() == Result.Kind.FAILED;
        if (failed || summary.kind() == Result.Kind.APPLIED) {
            state.observer.folded(new FoldObserver.Fold(
                    state.types.require(entry.type()),
                    entry.address().key(),
                    entry.id(),
                    result.version(),
                    entry.payload(),
                    before,
                    result.state(),
                    result.size(),
                    failed,
                    summary.body()));
        }
    }

    /// R52, R54: remembers a request that is new to history.
    private void remember(LogEntry entry, Result result) {
        boolean forgets = state.memory.remember(state.history.position(), entry, result.summary());
        if (forgets) {
            state.projections.horizonMoved();
            warning.forgot(entry.id().millis());
        }
    }

    /// R17: forgets a removed origin once all its events up to the cut have folded.
    private void forgetCompleted(ParticipantId origin) {
        if (!state.isParticipant(origin) && state.history.folded().get(origin) >= cut(origin)) {
            forget(origin);
        }
    }

    private long cut(ParticipantId origin) {
        return state.cuts.getOrDefault(origin, Long.MAX_VALUE);
    }

    /// Forgets all removed origins whose events have folded, after the participants have changed.
    void forgetCompleted() {
        for (ParticipantId origin : new ArrayList<>(state.vector.origins())) {
            forgetCompleted(origin);
        }
    }

    private void forget(ParticipantId origin) {
        state.vector = state.vector.with(origin, 0);
        state.history.forget(origin);
    }
}
