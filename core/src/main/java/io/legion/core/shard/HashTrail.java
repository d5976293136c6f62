package io.legion.core.shard;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the last folds gave to the hash of history (R58), so that replicas whose hashes differ find the fold after
/// which they do (R91). It lives in memory only.
final class HashTrail {
    /// What one large state gave, at an agreed position.
    record Large(PartitionAddress address, long hash) {}

    /// What went into the hash at an agreed position, since the one before it. Of a replica that started in between it
    /// has the later folds only.
    static final class Window {
        private static final int MOST_STATES = 512;

        private long position;
        private final RecentFolds folds = new RecentFolds();
        private final ArrayList<Large> states = new ArrayList<>(0);

        long position() {
            return position;
        }

        /// In the order of history.
        RecentFolds folds() {
            return folds;
        }

        /// In the order of their addresses.
        List<Large> states() {
            return states;
        }

        private void clear() {
            folds.clear();
            states.clear();
        }
    }

    private Window present = new Window();

    /// Those of the present window: one look less for each fold.
    private RecentFolds folds = present.folds;

    private @Nullable Window last;
    private @Nullable Window beforeLast;

    /// The first one in which a difference has shown.
    private @Nullable Window kept;

    /// One more event has folded.
    ///
    /// @param result null for a barrier
    /// @return what it gives to the hash
    long add(LogEntry entry, @Nullable Result result) {
        return folds.add(entry, result);
    }

    void add(Large state) {
        if (present.states.size() < Window.MOST_STATES) {
            present.states.add(state);
        }
    }

    /// The replica has reached an agreed position.
    @SuppressWarnings("ReferenceEquality") // the very window is kept
    void agreed(long position) {
        Window free = beforeLast == null || beforeLast == kept ? new Window() : beforeLast;
        free.clear();
        present.position = position;
        beforeLast = last;
        last = present;
        present = free;
        folds = present.folds;
    }

    /// History begins anew, or elsewhere.
    void clear() {
        present = new Window();
        folds = present.folds;
        last = null;
        beforeLast = null;
        kept = null;
    }

    /// A difference has shown at this position: what led there is kept from now on, as far as it is still there.
    void keep(long position) {
        kept = kept == null ? at(position) : kept;
    }

    /// Whoever differed may be out: the next difference is another one.
    void release() {
        kept = null;
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
