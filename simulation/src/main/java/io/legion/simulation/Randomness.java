package io.legion.simulation;

import java.util.List;

/// Numbers that look random and follow from a seed alone: SplitMix64 (Steele, Lea and Flood, *Fast Splittable
/// Pseudorandom Number Generators*, 2014).
///
/// A stream of its own ([#named]) draws the same numbers whatever other streams draw, so leaving out one fault
/// does not change all that follows.
public final class Randomness {
    private static final long STEP = 0x9e3779b97f4a7c15L;

    private final long seed;
    private long state;

    /// The stream of a seed.
    public Randomness(long seed) {
        this.seed = mix(seed + STEP);
        this.state = this.seed;
    }

    /// A separate stream, the same for the same name, whatever this stream has drawn.
    public Randomness named(String name) {
        long hash = seed;
        for (int i = 0; i < name.length(); i++) {
            hash = mix(hash + STEP + name.charAt(i));
        }
        return new Randomness(hash);
    }

    /// Any `long`.
    public long next() {
        state += STEP;
        return mix(state);
    }

    /// A number from 0 to `bound - 1`.
    public int below(int bound) {
        return (int) Math.floorMod(next() >>> 1, (long) bound);
    }

    /// A number from `low` to `high`, both included.
    public long between(long low, long high) {
        return low + Math.floorMod(next() >>> 1, high - low + 1);
    }

    /// True with this probability.
    public boolean chance(double probability) {
        return (next() >>> 11) * 0x1.0p-53 < probability;
    }

    /// One of these.
    public <T> T oneOf(List<T> choices) {
        return choices.get(below(choices.size()));
    }

    private static long mix(long z) {
        long x = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        x = (x ^ (x >>> 27)) * 0x94d049bb133111ebL;
        return x ^ (x >>> 31);
    }
}
