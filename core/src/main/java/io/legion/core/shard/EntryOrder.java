package io.legion.core.shard;

import io.legion.core.EventId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Entries in the order of their ids. Ids are times, so almost always an entry is added at the end and removed
/// at the beginning.
final class EntryOrder {
    private final Ring<LogEntry> entries = new Ring<>();

    int size() {
        return entries.size();
    }

    /// The entry with the smallest id, or null if there is none.
    @Nullable
    LogEntry first() {
        return entries.isEmpty() ? null : entries.get(0);
    }

    @Nullable
    LogEntry find(EventId id) {
        int index = indexOf(id);
        return index < size() && entries.get(index).id().equals(id) ? entries.get(index) : null;
    }

    /// Removes the entry with the smallest id; there must be one.
    void removeFirst() {
        entries.removeFirst();
    }

    /// Adds an entry whose id is not there yet.
    void add(LogEntry entry) {
        boolean last = entries.isEmpty() || entries.get(size() - 1).id().compareTo(entry.id()) < 0;
        entries.add(last ? size() : indexOf(entry.id()), entry);
    }

    /// Removes the entry with this id, which must be there.
    void remove(EventId id) {
        entries.remove(indexOf(id));
    }

    /// All of them, in order.
    List<LogEntry> all() {
        return entries.all();
    }

    /// The first ones, in order, at most so many.
    List<LogEntry> first(int most) {
        return entries.first(most);
    }

    /// The index of the first entry that is not before this id.
    private int indexOf(EventId id) {
        int low = 0;
        int high = size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (entries.get(middle).id().compareTo(id) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
