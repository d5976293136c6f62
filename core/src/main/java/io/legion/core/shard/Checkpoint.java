package io.legion.core.shard;

import java.util.List;

/// R73: decides when the store gets what has folded, and drops the folded entries.
///
/// The store gets an event once, as an entry of the log. Folding it changes a state, the history and the memory
/// of requests, which all follow from the stored entries: a restarted replica folds the entries since the last
/// checkpoint again, like a replica that was slow. So a checkpoint writes all of it together, now and then, and
/// a state that changes often is written once for many events.
final class Checkpoint {
    /// The most folds between two checkpoints, unless a few large states change.
    private static final int MOST_FOLDS = 4_096;

    /// The most folds while only a few large states change, which a checkpoint writes whole.
    private static final int MOST_FOLDS_OF_LARGE = 16_384;

    /// A checkpoint of a few large states waits until each fold pays for at most this many of their bytes.
    private static final long BYTES_PER_FOLD = 64;

    /// Up to this many changed states are a few.
    private static final int FEW = 8;

    /// This many bytes of many changed states are enough for a checkpoint.
    private static final long ENOUGH_BYTES = 1 << 20;

    /// This many bytes of a few changed states, more than one, are enough: one batch holds them all.
    private static final long MOST_BYTES = 8 << 20;

    /// A checkpoint comes at most this long after the first fold that is not stored.
    private static final long MOST_MILLIS = 5_000;

    /// A replica in its turn does not write folds that are all younger than this: another turn comes in time.
    private static final long LEAST_MILLIS = 1_000;

    /// The folded entries of one origin, without gaps.
    private static final class Span {
        final long first;
        long last;

        Span(long first) {
            this.first = first;
        }
    }

    private final ParticipantMap<Span> folded = new ParticipantMap<>();
    private int folds;
    private long sinceMillis;
    private boolean asked;
    private boolean held;

    /// An entry has folded.
    void folded(LogEntry entry, long elapsedMillis) {
        if (folds++ == 0) {
            sinceMillis = elapsedMillis;
        }
        folded.computeIfAbsent(entry.origin(), () -> new Span(entry.sequence())).last = entry.sequence();
    }

    /// How many entries have folded since the last checkpoint.
    int folds() {
        return folds;
    }

    /// True if there are any.
    boolean isPending() {
        return folds > 0;
    }

    /// Asks for a checkpoint with the next effects, however little has folded.
    void ask() {
        asked = true;
    }

    /// None is made any more, since the store takes no writes: the replica only serves readers.
    void hold() {
        held = true;
    }

    /// Asks for a checkpoint with the next effects, unless all folds are recent.
    void askInTurn(long elapsedMillis) {
        asked |= folds > 0 && elapsedMillis - sinceMillis >= LEAST_MILLIS;
    }

    /// @param changed how many states have changed
    /// @param changedBytes the most bytes that they take
    boolean isDue(long elapsedMillis, int changed, long changedBytes) {
        return !held && (asked || isDue(elapsedMillis, mostFolds(changed, changedBytes)));
    }

    private boolean isDue(long elapsedMillis, long mostFolds) {
        return folds > 0 && (folds >= mostFolds || elapsedMillis - sinceMillis >= MOST_MILLIS);
    }

    private static long mostFolds(int changed, long changedBytes) {
        if (changed > FEW) {
            return changedBytes >= ENOUGH_BYTES ? 0 : MOST_FOLDS;
        }
        if (changed > 1 && changedBytes >= MOST_BYTES) {
            return 0;
        }
        return Math.clamp(changedBytes / BYTES_PER_FOLD, MOST_FOLDS, MOST_FOLDS_OF_LARGE);
    }

    /// Adds the writes that drop the folded entries, and starts anew.
    void drain(List<Write> writes) {
        for (int place = 0; place < folded.size(); place++) {
            Span span = folded.value(place);
            writes.add(new Write.DropEntries(folded.participant(place), span.first, span.last));
        }
        folded.clear();
        folds = 0;
        asked = false;
    }
}
