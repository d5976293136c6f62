package io.legion.core.primitive;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// A 64-bit fingerprint of bytes: MurmurHash2 for 64 bits (Appleby), with the finisher of MurmurHash3. Equal on
/// every machine, and fixed for ever: the history of a shard depends on it (R74).
///
/// It tells uses of a request id apart that differ by mistake. It is no protection against a caller that looks
/// for two events with one fingerprint.
public final class Fingerprint {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long STEP = 0xc6a4a7935bd1e995L;
    private static final int SHIFT = 47;

    private Fingerprint() {}

    /// The fingerprint of the bytes of this range, after what `before` is the fingerprint of. The length
    /// counts, so bytes that move from one range to the next change the result.
    public static long of(long before, byte[] bytes, int from, int to) {
        long hash = Murmur.mix(before) ^ (to - from) * STEP;
        int at = from;
        for (; at + Long.BYTES <= to; at += Long.BYTES) {
            hash = taken(hash, (long) LONGS.get(bytes, at));
        }
        if (at < to) {
            hash = taken(hash, rest(bytes, at, to));
        }
        return Murmur.mix(hash);
    }

    private static long taken(long hash, long eight) {
        long mixed = eight * STEP;
        mixed = (mixed ^ (mixed >>> SHIFT)) * STEP;
        return (hash ^ mixed) * STEP;
    }

    /// The last bytes, fewer than eight, as one number.
    private static long rest(byte[] bytes, int from, int to) {
        long rest = 0;
        for (int at = to - 1; at >= from; at--) {
            rest = (rest << Byte.SIZE) | (bytes[at] & 0xff);
        }
        return rest;
    }
}
