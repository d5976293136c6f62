package io.legion.runtime;

import io.legion.core.ParticipantId;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The entries that a store in memory has of one origin in one shard.
///
/// They come one after the other and go in that order, so most are in a ring, found by their sequence number. What does
/// not continue the ring is a *stray*, in a tree: a gap between sequence numbers takes no room. A ring of holes for the
/// most part is given up in the same way.
final class MemoryLog {
    /// The sequence numbers from this one on are none of a log.
    static final long END = Long.MAX_VALUE;

    private static final int SMALLEST = 16;

    /// A larger ring has at least one entry for so many places.
    private static final int SPARSE = 8;

    final int shard;
    final ParticipantId origin;
    private byte[] @Nullable [] ring = new byte[SMALLEST][];
    private long first;
    private int start;
    private int length;
    private int present;
    private final TreeMap<Long, byte[]> strays = new TreeMap<>();
    private long bytes;

    MemoryLog(int shard, ParticipantId origin) {
        this.shard = shard;
        this.origin = origin;
    }

    private byte[] key(long sequence) {
        return ShardLayout.entry(shard, origin, sequence);
    }

    /// Of keys and values.
    long bytes() {
        return bytes;
    }

    boolean isEmpty() {
        return present == 0 && strays.isEmpty();
    }

    byte @Nullable [] get(long sequence) {
        return isInRing(sequence) ? ring[place(sequence)] : strays.get(sequence);
    }

    private boolean isInRing(long sequence) {
        return sequence >= first && sequence - first < length;
    }

    private int place(long sequence) {
        return (start + (int) (sequence - first)) & (ring.length - 1);
    }

    void put(long sequence, byte[] value) {
        if (length == 0) {
            first = sequence;
            start = 0;
        }
        if (isInRing(sequence)) {
            replace(sequence, value);
        } else if (sequence - first == length) {
            count(strays.remove(sequence), -1);
            append(sequence, value);
        } else {
            count(strays.put(sequence, value), -1);
            count(value, 1);
        }
    }

    private void replace(long sequence, byte[] value) {
        clear(sequence);
        count(value, 1);
        present++;
        ring[place(sequence)] = value;
    }

    private void clear(long sequence) {
        int place = place(sequence);
        if (ring[place] != null) {
            count(ring[place], -1);
            present--;
            Arrays.fill(ring, place, place + 1, null);
        }
    }

    private void count(byte @Nullable [] value, int sign) {
        if (value != null) {
            bytes += sign * (long) (ShardLayout.ENTRY_BYTES + value.length);
        }
    }

    private void append(long sequence, byte[] value) {
        if (length == ring.length) {
            resize(2 * length);
        }
        length++;
        replace(sequence, value);
    }

    private void resize(int size) {
        byte[] @Nullable [] next = new byte[size][];
        for (int i = 0; i < length; i++) {
            next[i] = ring[(start + i) & (ring.length - 1)];
        }
        ring = next;
        start = 0;
    }

    /// Takes the entries from `from` (inclusive) to `to` (exclusive) out.
    void delete(long from, long to) {
        long end = Math.min(to, first + length);
        for (long sequence = Math.max(from, first); sequence < end; sequence++) {
            clear(sequence);
        }
        trim();
        if (!strays.isEmpty() && from < to) {
            Map<Long, byte[]> gone = strays.subMap(from, to);
            gone.values().forEach(value -> count(value, -1));
            gone.clear();
        }
    }

    private void trim() {
        while (length > 0 && ring[start] == null) {
            start = (start + 1) & (ring.length - 1);
            first++;
            length--;
        }
        while (length > 0 && ring[place(first + length - 1)] == null) {
            length--;
        }
        if (ring.length > SMALLEST && present < ring.length / SPARSE) {
            shrink();
        }
    }

    private void shrink() {
        if (length > ring.length / 2) {
            scatter();
        }
        resize(Math.max(SMALLEST, ring.length / 2));
    }

    /// What is in the ring is all strays.
    private void scatter() {
        for (long sequence = first; isInRing(sequence); sequence++) {
            byte[] value = ring[place(sequence)];
            if (value != null) {
                strays.put(sequence, value);
            }
        }
        length = 0;
        present = 0;
    }

    /// Shows the entries from `from` (inclusive) to `to` (exclusive) in their order.
    void forEach(long from, long to, Consumer<MemoryEntry> visitor) {
        long begin = Math.max(from, first);
        long end = Math.max(begin, Math.min(to, first + length));
        strays(from, Math.min(to, begin), visitor);
        for (long sequence = begin; sequence < end; sequence++) {
            byte[] value = ring[place(sequence)];
            if (value != null) {
                visitor.accept(new MemoryEntry(key(sequence), value));
            }
        }
        strays(Math.max(from, end), to, visitor);
    }

    private void strays(long from, long to, Consumer<MemoryEntry> visitor) {
        if (from < to && !strays.isEmpty()) {
            strays.subMap(from, to).forEach((sequence, value) -> visitor.accept(new MemoryEntry(key(sequence), value)));
        }
    }
}
