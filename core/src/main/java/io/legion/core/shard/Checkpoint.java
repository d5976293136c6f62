package io.legion.core.shard;

import java.util.List;

/// When the store is told what has folded, and which entries it may drop then: rule R73.
///
/// An event is stored once, as an entry of the log. Folding it changes a state, the history and the memory of
/// requests, all of which follow from what is stored: a replica that is restarted folds the entries since the last
/// checkpoint again, as one would that had been slow. So all of it is written together, now and then, and a state
/// that changes often is written once for many events.
final class Checkpoint {
    /// The most folds between two checkpoints, unless a few large states change.
    private static final int MOST_FOLDS = 4_096;

    /// The most folds while only a few large states change, which a checkpoint writes whole.
    private static final int MOST_FOLDS_OF_LARGE = 16_384;

    /// A few large states are written when each fold pays for at most so many of their bytes.
    private static final long BYTES_PER_FOLD = 64;

    /// The largest number of changed states that are a few.
    private static final int FEW = 8;

    /// Bytes of many changed states that are enough for a checkpoint.
    private static final long ENOUGH_BYTES = 1 << 20;

    /// Bytes of a few changed states that are enough, if they are more than one: one batch holds them all.
    private static final long MOST_BYTES = 8 << 20;

    /// What has folded is written after this time, at the latest.
    private static final long MOST_MILLIS = 5_000;

    /// Whose turn it is does not write what has folded within this time: there is another turn before it has to.
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

    /// An entry has folded.
    void folded(LogEntry entry, long elapsedMillis) {
        if (folds++ == 0) {
            sinceMillis = elapsedMillis;
        }
        folded.computeIfAbsent(entry.origin(), () -> new Span(entry.sequence())).last = entry.sequence();
    }

    /// How many entries have folded of which the store has not been told.
    int folds() {
        return folds;
    }

    /// True if there are any.
    boolean isPending() {
        return folds > 0;
    }

    /// With the next effects, however little it is.
    void ask() {
        asked = true;
    }

    /// With the next effects, unless what has folded did so just now.
    void askInTurn(long elapsedMillis) {
        asked |= folds > 0 && elapsedMillis - sinceMillis >= LEAST_MILLIS;
    }

    /// @param changed how many states have changed
    /// @param changedBytes what they take, at most
    boolean isDue(long elapsedMillis, int changed, long changedBytes) {
        return asked
                || (folds > 0
                        && (folds >= mostFolds(changed, changedBytes) || elapsedMillis - sinceMillis >= MOST_MILLIS));
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
