package io.legion.memory;

import java.util.Arrays;

/// Values of a log in a store in memory, one after the other in one array.
///
/// The *span* of a value says where it is: the offset in the upper half, the length in the lower one.
final class Chunk {
    final byte[] bytes;
    private int used;
    private int live;

    Chunk(int size) {
        bytes = new byte[size];
    }

    boolean hasRoom(int length) {
        return length <= bytes.length - used;
    }

    /// No value is in it any more.
    boolean isEmpty() {
        return live == 0;
    }

    /// Copies a value into the chunk, which has room for it, and gives its span.
    long append(byte[] source, int from, int length) {
        int at = used;
        System.arraycopy(source, from, bytes, at, length);
        used = at + length;
        live++;
        return (long) at << Integer.SIZE | length;
    }

    /// Drops a value. Its room is free again once the last value is gone.
    void release() {
        if (--live == 0) {
            used = 0;
        }
    }

    byte[] copy(long span) {
        int at = (int) (span >>> Integer.SIZE);
        return Arrays.copyOfRange(bytes, at, at + length(span));
    }

    static int length(long span) {
        return (int) span;
    }
}
