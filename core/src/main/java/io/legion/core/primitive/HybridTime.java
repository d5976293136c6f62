package io.legion.core.primitive;

/// Hybrid logical times as single numbers: milliseconds in the high 48 bits, a counter in the low 16.
public final class HybridTime {
    /// How many bits count within a millisecond.
    public static final int COUNTER_BITS = 16;

    private HybridTime() {}

    /// The first time of a millisecond.
    public static long of(long millis) {
        return millis << COUNTER_BITS;
    }

    /// The milliseconds since 1970 of a time.
    public static long millis(long time) {
        return time >>> COUNTER_BITS;
    }

    /// The next time after `last` that is not before the wall clock's `nowMillis`.
    public static long next(long last, long nowMillis) {
        return Math.max(last + 1, of(nowMillis));
    }

    /// `millis+counter`, for people.
    public static String text(long time) {
        return millis(time) + "+" + (time & ((1L << COUNTER_BITS) - 1));
    }
}
