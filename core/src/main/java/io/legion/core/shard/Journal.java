package io.legion.core.shard;

import io.legion.core.EventId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.TreeSet;

/// What the next writes must store. What folding changes is in [Checkpoint].
final class Journal {
    private final ArrayList<LogEntry> added = new ArrayList<>();
    private final ArrayList<LogEntry> dropped = new ArrayList<>();
    final TreeSet<Long> decisions = new TreeSet<>();
    final LinkedHashMap<EventId, Boolean> salvage = new LinkedHashMap<>();

    /// Tags computed anew (R89): they come before what else changes, so that a later state's tags win.
    final ArrayList<Write> retagged = new ArrayList<>();

    boolean epoch;
    boolean acceptor;
    boolean listing;
    boolean wiped;
    boolean forced;

    /// The next write stores the phase, the epoch and what goes with it.
    void storeEpoch() {
        epoch = true;
    }

    /// R39: as [#storeEpoch], forced.
    void forceEpoch() {
        epoch = true;
        forced = true;
    }

    /// R38: the next write stores the ballots, the promise and the acceptance, forced.
    void forceAcceptor() {
        acceptor = true;
        forced = true;
    }

    void added(LogEntry entry) {
        added.add(entry);
    }

    /// The entry will not be in history. An entry that the store never saw leaves no trace.
    void dropped(LogEntry entry) {
        if (!added.remove(entry)) {
            dropped.add(entry);
        }
    }

    /// Adds the writes of the log, and starts anew.
    void drainEntries(List<Write> writes) {
        if (!dropped.isEmpty()) {
            for (LogEntry entry : dropped) {
                writes.add(new Write.DropEntries(entry.origin(), entry.sequence(), entry.sequence()));
            }
            dropped.clear();
        }
        if (!added.isEmpty()) {
            for (LogEntry entry : added) {
                writes.add(new Write.PutEntry(entry.origin(), entry.sequence(), entry.bytes()));
            }
            added.clear();
        }
    }
}
