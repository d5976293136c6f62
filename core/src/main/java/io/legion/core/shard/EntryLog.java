package io.legion.core.shard;

import io.legion.core.EventId;
import io.legion.core.ParticipantId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The outstanding events of a replica, in the order of their ids, and each origin's in the order of sequence.
final class EntryLog {
    /// The log gives out at most this many bytes of one origin's events at once, and one event more.
    private static final long MOST_BYTES = 256 * 1024;

    private final EntryOrder byId = new EntryOrder();
    private final ParticipantMap<Ring<LogEntry>> byOrigin = new ParticipantMap<>();

    /// Stands for the events of an origin that has none; never added to.
    private static final Ring<LogEntry> NONE = new Ring<>();

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
        byOrigin.computeIfAbsent(entry.origin(), Ring::new).addLast(entry);
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
        byId.removeFirst();
        bytes -= first.size();
        queue(first.origin()).removeFirst();
    }

    /// How many of this origin's events are outstanding.
    int size(ParticipantId origin) {
        return queue(origin).size();
    }

    /// True if an event of this origin beyond a sequence number is outstanding.
    boolean hasBeyond(ParticipantId origin, long sequence) {
        Ring<LogEntry> queue = queue(origin);
        return !queue.isEmpty() && queue.last().sequence() > sequence;
    }

    List<LogEntry> all() {
        return byId.all();
    }

    /// Those with the smallest ids, at most so many.
    List<LogEntry> first(int most) {
        return byId.first(most);
    }

    List<LogEntry> of(ParticipantId origin) {
        return queue(origin).all();
    }

    /// The events that a participant with the vector `held` lacks, each origin's in the order of sequence.
    ///
    /// @param most the largest number of events; the rest is for later
    List<LogEntry> missing(VersionVector held, int most) {
        var missing = new ArrayList<LogEntry>();
        for (int place = 0; place < byOrigin.size(); place++) {
            addMissing(byOrigin.value(place), held.get(byOrigin.participant(place)), most, missing);
        }
        return missing;
    }

    /// The events of one origin beyond a sequence number.
    List<LogEntry> missing(ParticipantId origin, long held, int most) {
        var missing = new ArrayList<LogEntry>();
        addMissing(queue(origin), held, most, missing);
        return missing;
    }

    private static void addMissing(Ring<LogEntry> queue, long held, int most, List<LogEntry> missing) {
        long size = 0;
        for (int i = indexAfter(queue, held); i < queue.size() && missing.size() < most && size <= MOST_BYTES; i++) {
            missing.add(queue.get(i));
            size += queue.get(i).size();
        }
    }

    /// The events of an origin have no gaps (R11).
    private static int indexAfter(Ring<LogEntry> queue, long held) {
        return queue.isEmpty() ? 0 : Math.clamp(held + 1 - queue.get(0).sequence(), 0, queue.size());
    }

    /// Removes the events of an origin beyond a sequence number, and returns them in order.
    List<LogEntry> removeBeyond(ParticipantId origin, long cut) {
        var removed = new ArrayDeque<LogEntry>();
        Ring<LogEntry> queue = queue(origin);
        while (!queue.isEmpty() && queue.last().sequence() > cut) {
            LogEntry entry = queue.removeLast();
            byId.remove(entry.id());
            bytes -= entry.size();
            removed.addFirst(entry);
        }
        return List.copyOf(removed);
    }

    /// Forgets the origins that take part no longer and have nothing outstanding.
    void forgetCompleted(List<ParticipantId> participants) {
        byOrigin.retain((origin, queue) -> !queue.isEmpty() || participants.contains(origin));
    }

    private Ring<LogEntry> queue(ParticipantId origin) {
        return byOrigin.getOrDefault(origin, NONE);
    }
}
