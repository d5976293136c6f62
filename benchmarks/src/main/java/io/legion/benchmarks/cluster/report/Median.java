package io.legion.benchmarks.cluster.report;

import java.util.stream.DoubleStream;

/// The middle of some numbers, which one bad run does not move.
final class Median {
    private Median() {}

    /// The number in the middle, or the mean of the two there; NaN of none.
    static double of(DoubleStream numbers) {
        var sorted = numbers.sorted().toArray();
        if (sorted.length == 0) {
            return Double.NaN;
        }
        int upper = sorted.length / 2;
        int lower = (sorted.length - 1) / 2;
        return (sorted[lower] + sorted[upper]) / 2;
    }
}
