package io.legion.core.primitive;

/// The 64-bit finisher of MurmurHash3 (Appleby): it spreads the bits of a number over all of its bits. Fixed for
/// ever: the shard of a partition and the order of eras depend on it.
public final class Murmur {
    private Murmur() {}

    /// The number with its bits mixed; different for different numbers.
    public static long mix(long number) {
        long x = (number ^ (number >>> 33)) * 0xff51afd7ed558ccdL;
        x = (x ^ (x >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return x ^ (x >>> 33);
    }
}
