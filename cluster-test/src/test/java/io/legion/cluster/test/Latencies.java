package io.legion.cluster.test;

import java.util.List;

/// How long requests took, in milliseconds.
///
/// @param middle half took no longer
/// @param late of a thousand, 999 took no longer
/// @param most the longest
record Latencies(long middle, long late, long most) {
    static Latencies of(List<Operation> operations) {
        var sorted = operations.stream().map(Operation::millis).sorted().toList();
        if (sorted.isEmpty()) {
            return new Latencies(0, 0, 0);
        }
        int last = sorted.size() - 1;
        return new Latencies(sorted.get(last / 2), sorted.get((int) (last * 0.999)), sorted.get(last));
    }

    @Override
    public String toString() {
        return "p50 " + middle + " ms, p99.9 " + late + " ms, longest " + most + " ms";
    }
}
