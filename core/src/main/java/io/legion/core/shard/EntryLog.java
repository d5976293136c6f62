package io.legion.core.shard;

import io.legion.core.EventId;
import io.legion.core.ParticipantId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The outstanding events of a replica, in the order of their ids, and those of each origin in the order of
/// sequence.
final class EntryLog {
    /// No more events of one origin are given out at once than take so many bytes, and one more.
    private static final long MOST_BYTES = 256 * 1024;

    private final EntryOrder byId = new EntryOrder();
    private final TreeMap<ParticipantId, ArrayDeque<LogEntry>> byOrigin = new TreeMap<>();

    private long bytes;

    int size() {
        return byId.size();
    }

    /// The sum of the sizes of the events.
    long bytes() {
        return bytes;
    }

    boolean isEmpty() {
        return byId.size() == 0;
    }

    void add(LogEntry entry) {
        byId.add(entry);
        bytes += entry.size();
        byOrigin.computeIfAbsent(entry.origin(), _ -> new ArrayDeque<>()).addLast(entry);
    }

    /// The entry with the smallest id, or null if nothing is outstanding.
    @Nullable
    LogEntry first() {
        return byId.first();
    }

    @Nullable
    LogEntry find(EventId id) {
        return byId.find(id);
    }

    void removeFirst(LogEntry first) {
        byId.remove(first.id());
        bytes -= first.size();
        ArrayDeque<LogEntry> ofOrigin = queue(first.origin());
        ofOrigin.removeFirst();
        if (ofOrigin.isEmpty()) {
            byOrigin.remove(first.origin());
        }
    }

    /// How many of this origin's events are outstanding.
    int size(ParticipantId origin) {
        return queue(origin).size();
    }

    List<LogEntry> all() {
        return byId.all();
    }

    List<LogEntry> of(ParticipantId origin) {
        return List.copyOf(queue(origin));
    }

    /// The events that someone lacks who holds what `held` says, each origin's in the order of sequence.
    ///
    /// @param most the largest number of events; the rest is for later
    List<LogEntry> missing(VersionVector held, int most) {
        var missing = new ArrayList<LogEntry>();
        for (ParticipantId origin : byOrigin.keySet()) {
            addMissing(origin, held.get(origin), most, missing);
        }
        return missing;
    }

    /// The events of one origin beyond a sequence number.
    List<LogEntry> missing(ParticipantId origin, long held, int most) {
        var missing = new ArrayList<LogEntry>();
        addMissing(origin, held, most, missing);
        return missing;
    }

    private void addMissing(ParticipantId origin, long held, int most, List<LogEntry> missing) {
        ArrayDeque<LogEntry> queue = queue(origin);
        if (queue.isEmpty() || queue.getLast().sequence() <= held) {
            return;
        }
        // What is missing is mostly the newest few: walk back to the first of them.
        var newest = new ArrayDeque<LogEntry>();
        for (var back = queue.descendingIterator(); back.hasNext(); ) {
            LogEntry entry = back.next();
            if (entry.sequence() <= held) {
                break;
            }
            newest.addFirst(entry);
        }
        long size = 0;
        for (LogEntry entry : newest) {
            if (missing.size() >= most || size > MOST_BYTES) {
                return;
            }
            missing.add(entry);
            size += entry.size();
        }
    }

    /// Takes out the events of an origin beyond a sequence number, and returns them in order.
    List<LogEntry> removeBeyond(ParticipantId origin, long cut) {
        var removed = new ArrayDeque<LogEntry>();
        ArrayDeque<LogEntry> queue = queue(origin);
        while (!queue.isEmpty() && queue.getLast().sequence() > cut) {
            LogEntry entry = queue.removeLast();
            byId.remove(entry.id());
            bytes -= entry.size();
            removed.addFirst(entry);
        }
        if (queue.isEmpty()) {
            byOrigin.remove(origin);
        }
        return List.copyOf(removed);
    }

    private ArrayDeque<LogEntry> queue(ParticipantId origin) {
        ArrayDeque<LogEntry> queue = byOrigin.get(origin);
        return queue == null ? new ArrayDeque<>(0) : queue;
    }
}
