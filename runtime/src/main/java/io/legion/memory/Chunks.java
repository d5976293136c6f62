package io.legion.memory;

import java.util.ArrayDeque;

/// The chunks of all logs of a store in memory. Those of the full size are used again, so entries that come and
/// go leave nothing to a collector.
class Chunks {
    /// The size of a full chunk.
    static final int FULL = 16 << 10;

    /// The size of the smallest chunk that is filled.
    static final int SMALLEST = 256;

    /// A longer value has a chunk of its own.
    static final int LONGEST_SHARED = 4 << 10;

    /// This many of the full size are kept for later; more only while more are in use.
    static final int SPARE = 64;

    private final ArrayDeque<Chunk> spare = new ArrayDeque<>();

    /// How many of the full size are in use.
    private int inUse;

    /// A chunk to fill, with room for a value of this length; small for a log that holds few bytes, since there
    /// may be very many such logs.
    final Chunk takeFor(long held, int length) {
        int wanted = Math.max(length, Math.clamp(held, SMALLEST, FULL));
        return take(Integer.highestOneBit(wanted - 1) << 1);
    }

    /// An empty chunk of exactly this size.
    Chunk take(int size) {
        if (size != FULL) {
            return new Chunk(size);
        }
        var chunk = spare.isEmpty() ? new Chunk(size) : spare.pop();
        inUse++;
        return chunk;
    }

    /// Takes back an empty chunk, which its log forgets.
    void giveBack(Chunk chunk) {
        if (chunk.bytes.length == FULL) {
            inUse--;
            spare.push(chunk);
            while (spare.size() > Math.max(SPARE, inUse)) {
                spare.pop();
            }
        }
    }
}
