package io.legion.core.shard;

import io.legion.core.EventId;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Entries in the order of their ids.
///
/// Ids are times, so almost always one is added at the end and one taken from the beginning: a ring does both without
/// a search. One that lands between others moves those on the shorter side.
final class EntryOrder {
    private static final int LEAST = 16;

    /// A power of two long; the first entry is at `start`.
    private @Nullable LogEntry[] ring = new LogEntry[LEAST];

    private int start;
    private int size;

    int size() {
        return size;
    }

    /// The entry with the smallest id, or null if there is none.
    @Nullable
    LogEntry first() {
        return size == 0 ? null : at(0);
    }

    @Nullable
    LogEntry find(EventId id) {
        int index = indexOf(id);
        return index < size && at(index).id().equals(id) ? at(index) : null;
    }

    /// Takes in an entry whose id is not there yet.
    void add(LogEntry entry) {
        if (size == ring.length) {
            resize(size * 2);
        }
        int index = size == 0 || at(size - 1).id().compareTo(entry.id()) < 0 ? size : indexOf(entry.id());
        size++;
        if (index < size / 2) {
            start = place(-1);
            for (int i = 0; i < index; i++) {
                put(i, at(i + 1));
            }
        } else {
            for (int i = size - 1; i > index; i--) {
                put(i, at(i - 1));
            }
        }
        put(index, entry);
    }

    /// Takes out the entry with this id, which must be there.
    void remove(EventId id) {
        int index = size > 0 && at(0).id().equals(id) ? 0 : indexOf(id);
        if (index < size / 2) {
            for (int i = index; i > 0; i--) {
                put(i, at(i - 1));
            }
            put(0, null);
            start = place(1);
        } else {
            for (int i = index; i < size - 1; i++) {
                put(i, at(i + 1));
            }
            put(size - 1, null);
        }
        size--;
        if (size <= ring.length / 8 && ring.length > LEAST) {
            resize(ring.length / 2);
        }
    }

    /// All of them, in order.
    List<LogEntry> all() {
        var all = new LogEntry[size];
        Arrays.setAll(all, this::at);
        return List.of(all);
    }

    /// The index of the first entry that is not before this id.
    private int indexOf(EventId id) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (at(middle).id().compareTo(id) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private void resize(int length) {
        ring = Arrays.copyOf(all().toArray(LogEntry[]::new), length);
        start = 0;
    }

    private LogEntry at(int index) {
        return Objects.requireNonNull(ring[place(index)]);
    }

    private void put(int index, @Nullable LogEntry entry) {
        ring[place(index)] = entry;
    }

    private int place(int index) {
        return (start + index) & (ring.length - 1);
    }
}
