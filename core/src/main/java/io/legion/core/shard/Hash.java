package io.legion.core.shard;

import io.legion.core.Bytes;
import io.legion.core.EventId;
import io.legion.core.primitive.Murmur;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// 64-bit hashes that replicas compare: equal for equal content on every machine.
final class Hash {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long STEP = 0x9e3779b97f4a7c15L;

    private Hash() {}

    /// Eight bytes at a time, each mixed in with a multiplication and a rotation.
    static long of(Bytes bytes) {
        return of(bytes.shared(), bytes.size());
    }

    /// The hash of the first `length` bytes.
    static long of(byte[] content, int length) {
        long hash = length;
        int at = 0;
        for (; at + Long.BYTES <= length; at += Long.BYTES) {
            hash = Long.rotateLeft(hash ^ (long) LONGS.get(content, at) * STEP, 29) * 5 + STEP;
        }
        for (; at < length; at++) {
            hash = (hash ^ (content[at] & 0xff)) * STEP;
        }
        return Murmur.mix(hash);
    }

    static long of(EventId id) {
        return Murmur.mix(
                id.time() * STEP + id.origin().node().value() * 31 + id.origin().epoch());
    }

    /// R58: the hash of an outcome; the text of a failure does not count.
    static long of(Result.Summary summary) {
        return summary.kind() == Result.Kind.APPLIED
                ? of(summary.body())
                : summary.kind().code();
    }

    /// R58: the hash of what an event led to.
    ///
    /// @param outcome the hash of the outcome
    /// @param state that of the state after it, if it was applied and the state is small; else 0
    static long of(long outcome, long state) {
        return Murmur.mix(outcome + state * STEP);
    }
}
