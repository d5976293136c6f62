package io.legion.memory;

import io.legion.core.ParticipantId;
import io.legion.runtime.storage.ShardLayout;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The entries that a store in memory has of one origin in one shard.
///
/// They come one after the other and go in that order, so most are in a ring, which finds them by sequence
/// number. An entry that does not continue the ring is a *stray*, in a tree: a gap between sequence numbers
/// takes no room. The entries of a ring that is mostly holes become strays too.
///
/// The values in the ring are in chunks, so that an entry is no object for a collector to copy. The log fills
/// one chunk, and gives back any other with its last value. It copies all that it gives out.
final class MemoryLog {
    /// Sequence numbers from this one on belong to no log.
    static final long END = Long.MAX_VALUE;

    private static final int SMALLEST = 16;

    /// A larger ring had at least one entry for this many places at its last deletion.
    private static final int SPARSE = 8;

    final int shard;
    final ParticipantId origin;
    private final Chunks chunks;

    /// For each place, the chunk of its value; null if there is no entry.
    private @Nullable Chunk[] ring = new @Nullable Chunk[SMALLEST];

    /// For each place, where in its chunk its value is.
    private long[] spans = new long[SMALLEST];

    private long first;
    private int start;
    private int length;
    private int present;

    /// Null if the ring is empty.
    private @Nullable Chunk filling;

    private final TreeMap<Long, byte[]> strays = new TreeMap<>();
    private long bytes;

    MemoryLog(int shard, ParticipantId origin, Chunks chunks) {
        this.shard = shard;
        this.origin = origin;
        this.chunks = chunks;
    }

    private byte[] key(long sequence) {
        return ShardLayout.entry(shard, origin, sequence);
    }

    /// The bytes of keys and values.
    long bytes() {
        return bytes;
    }

    boolean isEmpty() {
        return present == 0 && strays.isEmpty();
    }

    byte @Nullable [] get(long sequence) {
        return isInRing(sequence) ? valueAt(place(sequence)) : strays.get(sequence);
    }

    private byte @Nullable [] valueAt(int place) {
        var chunk = ring[place];
        return chunk == null ? null : chunk.copy(spans[place]);
    }

    private boolean isInRing(long sequence) {
        return sequence >= first && sequence - first < length;
    }

    private int place(long sequence) {
        return (start + (int) (sequence - first)) & (ring.length - 1);
    }

    void put(long sequence, byte[] value) {
        put(sequence, value, 0, value.length);
    }

    /// Copies the value, `size` bytes of `source` from `from` on.
    void put(long sequence, byte[] source, int from, int size) {
        if (length == 0) {
            first = sequence;
            start = 0;
        }
        if (sequence - first == length) {
            append(sequence, source, from, size);
        } else if (isInRing(sequence)) {
            set(place(sequence), source, from, size);
        } else {
            putStray(sequence, Arrays.copyOfRange(source, from, from + size));
        }
    }

    private void append(long sequence, byte[] source, int from, int size) {
        if (!strays.isEmpty()) {
            count(strays.remove(sequence), -1);
        }
        if (length == ring.length) {
            resize(2 * length);
        }
        set((start + length) & (ring.length - 1), source, from, size);
        length++;
    }

    private void set(int place, byte[] source, int from, int size) {
        var chunk = chunkFor(size);
        long span = chunk.append(source, from, size);
        clear(place);
        ring[place] = chunk;
        spans[place] = span;
        present++;
        bytes += ShardLayout.ENTRY_BYTES + size;
    }

    private Chunk chunkFor(int size) {
        var chunk = filling;
        return chunk != null && size <= Chunks.LONGEST_SHARED && chunk.hasRoom(size) ? chunk : nextChunk(size);
    }

    private Chunk nextChunk(int size) {
        if (size > Chunks.LONGEST_SHARED) {
            return chunks.take(size);
        }
        var next = chunks.takeFor(bytes, size);
        fill(next);
        return next;
    }

    private void fill(@Nullable Chunk next) {
        var before = filling;
        filling = next;
        if (before != null && before.isEmpty()) {
            chunks.giveBack(before);
        }
    }

    private void clear(int place) {
        var chunk = ring[place];
        if (chunk != null) {
            ring[place] = null;
            present--;
            bytes -= ShardLayout.ENTRY_BYTES + Chunk.length(spans[place]);
            release(chunk);
        }
    }

    private void release(Chunk chunk) {
        chunk.release();
        if (chunk.isEmpty() && chunk != filling) {
            chunks.giveBack(chunk);
        }
    }

    private void putStray(long sequence, byte[] value) {
        count(strays.put(sequence, value), -1);
        count(value, 1);
    }

    private void count(byte @Nullable [] stray, int sign) {
        if (stray != null) {
            bytes += sign * (long) (ShardLayout.ENTRY_BYTES + stray.length);
        }
    }

    private void resize(int size) {
        var nextRing = new @Nullable Chunk[size];
        var nextSpans = new long[size];
        for (int i = 0; i < length; i++) {
            int place = (start + i) & (ring.length - 1);
            nextRing[i] = ring[place];
            nextSpans[i] = spans[place];
        }
        ring = nextRing;
        spans = nextSpans;
        start = 0;
    }

    /// Deletes the entries from `from` (inclusive) to `to` (exclusive).
    void delete(long from, long to) {
        int before = present;
        long end = Math.min(to, first + length);
        for (long sequence = Math.max(from, first); sequence < end; sequence++) {
            clear(place(sequence));
        }
        trim(before);
        if (present == 0) {
            fill(null);
        }
        if (!strays.isEmpty() && from < to) {
            Map<Long, byte[]> gone = strays.subMap(from, to);
            gone.values().forEach(value -> count(value, -1));
            gone.clear();
        }
    }

    /// @param before how many entries the ring had: a ring that was in use is about to fill again
    private void trim(int before) {
        while (length > 0 && ring[start] == null) {
            start = (start + 1) & (ring.length - 1);
            first++;
            length--;
        }
        while (length > 0 && ring[place(first + length - 1)] == null) {
            length--;
        }
        if (ring.length > SMALLEST && Math.max(before, present) < ring.length / SPARSE) {
            shrink();
        }
    }

    private void shrink() {
        if (length > ring.length / 2) {
            scatter();
        }
        resize(Math.max(SMALLEST, ring.length / 2));
    }

    /// Makes strays of all that is in the ring.
    private void scatter() {
        for (long sequence = first; isInRing(sequence); sequence++) {
            byte[] value = valueAt(place(sequence));
            if (value != null) {
                clear(place(sequence));
                putStray(sequence, value);
            }
        }
        length = 0;
    }

    /// Shows the entries from `from` (inclusive) to `to` (exclusive) in their order.
    void forEach(long from, long to, Consumer<MemoryEntry> visitor) {
        long begin = Math.max(from, first);
        long end = Math.max(begin, Math.min(to, first + length));
        strays(from, Math.min(to, begin), visitor);
        for (long sequence = begin; sequence < end; sequence++) {
            byte[] value = valueAt(place(sequence));
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
