package io.legion.core.primitive;

import java.util.Locale;

/// The number of an epoch of a shard, as a `long`: the era in the high bits, the number within the era in the
/// low ones, so that epochs compare by era first (R43).
///
/// | bits | what |
/// | --- | --- |
/// | 1 | always 0 |
/// | 10 | how many forced changes led to the era; 0 for the era in which a shard begins |
/// | 27 | a hash of the participant that forced the last of them, which puts two forced at once in order |
/// | 26 | the number of the epoch within its era, from 0 |
public final class Epoch {
    private static final int NUMBER_BITS = 26;
    private static final int FORCER_BITS = 27;
    private static final long LAST_NUMBER = (1L << NUMBER_BITS) - 1;
    private static final long FORCERS = (1L << FORCER_BITS) - 1;
    private static final long LAST_ERA = (1L << 10) - 1;

    private Epoch() {}

    /// The epoch that an ordinary decision opens.
    public static long next(long epoch) {
        Invariant.hold(hasNext(epoch), "the epochs of an era are counted up to 67,108,863");
        return epoch + 1;
    }

    /// False at the last epoch of an era; then only a forced change leads on.
    public static boolean hasNext(long epoch) {
        return number(epoch) < LAST_NUMBER;
    }

    /// The first epoch of the era that a participant opens by force.
    ///
    /// @param forcer a hash of the participant
    public static long forced(long epoch, long forcer) {
        Invariant.hold(mayBeForced(epoch), "the eras of a shard are counted up to 1,023");
        return (count(epoch) + 1) << (FORCER_BITS + NUMBER_BITS) | Math.floorMod(forcer, FORCERS + 1) << NUMBER_BITS;
    }

    /// False in the last era that can be counted.
    public static boolean mayBeForced(long epoch) {
        return count(epoch) < LAST_ERA;
    }

    /// The era: equal for the epochs of one era, larger for those of a higher one.
    public static long era(long epoch) {
        return epoch >>> NUMBER_BITS;
    }

    /// How many forced changes led to the era.
    public static long count(long epoch) {
        return epoch >>> (FORCER_BITS + NUMBER_BITS);
    }

    /// The number within the era.
    public static long number(long epoch) {
        return epoch & LAST_NUMBER;
    }

    /// The number. In a forced era, its count and the forcing participant's hash come first: `1-05f3a1c.7`.
    public static String text(long epoch) {
        long count = count(epoch);
        return count == 0
                ? Long.toString(epoch)
                : String.format(Locale.ROOT, "%d-%07x.%d", count, era(epoch) & FORCERS, number(epoch));
    }
}
