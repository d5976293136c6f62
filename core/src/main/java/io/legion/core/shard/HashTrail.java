package io.legion.core.shard;

import io.legion.core.EventId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the last folds gave to the hash of history (R58), so that replicas whose hashes differ find the fold after
/// which
/// they do (R91). It lives in memory only.
final class HashTrail {
    /// A window keeps at least so many of its last folds, and at most twice as many.
    private static final int MOST = 512;

    /// What one fold gave.
    ///
    /// @param result null for a barrier
    record Fold(EventId event, @Nullable Of result) {
        /// @param kind the class of the event
        /// @param version under which it was applied
        /// @param outcome the hash of the outcome
        /// @param state that of the state after the event; 0 if none counts
        record Of(PartitionAddress address, @Nullable Class<?> kind, int version, long outcome, long state) {}

        static Fold of(LogEntry entry, @Nullable Result result) {
            return new Fold(entry.id(), result == null ? null : result(entry, result));
        }

        private static Of result(LogEntry entry, Result result) {
            var event = entry.decoded();
            return new Of(
                    entry.address(),
                    event == null ? null : event.getClass(),
                    result.version(),
                    Hash.of(result.summary()),
                    result.applied() ? result.stateHash() : 0);
        }

        long hash() {
            return Hash.of(event) + (result == null ? 0 : Hash.of(result.outcome, result.state));
        }
    }

    /// What one large state gave, at an agreed position.
    record Large(PartitionAddress address, long hash) {}

    /// What went into the hash at an agreed position, since the one before it. Of a replica that started in between it
    /// has the later folds only.
    ///
    /// @param folds in the order of history
    /// @param states in the order of their addresses
    record Window(long position, List<Fold> folds, List<Large> states) {}

    private List<Fold> folds = new ArrayList<>();
    private List<Large> states = new ArrayList<>();
    private @Nullable Window last;
    private @Nullable Window beforeLast;

    /// The first one in which a difference has shown.
    private @Nullable Window kept;

    void add(Fold fold) {
        if (folds.size() == 2 * MOST) {
            folds = new ArrayList<>(folds.subList(MOST, folds.size()));
        }
        folds.add(fold);
    }

    void add(Large state) {
        if (states.size() < MOST) {
            states.add(state);
        }
    }

    /// The replica has reached an agreed position.
    void agreed(long position) {
        beforeLast = last;
        last = new Window(position, folds, states);
        folds = new ArrayList<>(folds.size());
        states = new ArrayList<>(0);
    }

    /// History begins anew, or elsewhere.
    void clear() {
        folds = new ArrayList<>();
        states = new ArrayList<>();
        last = null;
        beforeLast = null;
        kept = null;
    }

    /// A difference has shown at this position: what led there is kept from now on, as far as it is still there.
    void keep(long position) {
        kept = kept == null ? at(position) : kept;
    }

    /// What led to an agreed position; null if this replica does not have it any more.
    @Nullable
    Window at(long position) {
        for (Window window : new Window[] {kept, last, beforeLast}) {
            if (window != null && window.position == position) {
                return window;
            }
        }
        return null;
    }
}
