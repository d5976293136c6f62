package io.legion.runtime.client;

import io.legion.operations.LoadReport;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/// Counts how long requests took, in whole microseconds, by buckets: one for each of 1 to 5 µs, then four for each
/// doubling. To count one costs some nanoseconds, from however many threads, and allocates nothing.
///
/// **Threads.** Any.
final class Latencies {
    /// Four buckets for each doubling.
    private static final int PART_BITS = 2;

    private static final int PARTS = 1 << PART_BITS;

    /// The last one takes what is longer than a day.
    private static final int BUCKETS = 36 * PARTS;

    private final LongAdder[] counts =
            Stream.generate(LongAdder::new).limit(BUCKETS).toArray(LongAdder[]::new);

    void record(long nanos) {
        counts[bucket(nanos)].increment();
    }

    /// The bucket of a time: those above 5 µs have an exponent and the two bits that follow the first one.
    static int bucket(long nanos) {
        // A bucket has its upper bound: what took exactly 1 µs is in the first one.
        long micros = Math.max(0, nanos - 1) / 1_000;
        if (micros < PARTS) {
            return (int) micros;
        }
        int shift = Long.SIZE - 1 - PART_BITS - Long.numberOfLeadingZeros(micros);
        int part = (int) (micros >>> shift) & (PARTS - 1);
        return Math.min(BUCKETS - 1, (shift + 1) * PARTS + part);
    }

    /// The longest time that a bucket has, in microseconds.
    static long upperMicros(int bucket) {
        return bucket < PARTS ? bucket + 1 : (long) (PARTS + 1 + bucket % PARTS) << (bucket / PARTS - 1);
    }

    /// How many took at most so long, for each time at which that number grows.
    List<LoadReport.Bucket> soFar() {
        var buckets = new ArrayList<LoadReport.Bucket>();
        long count = 0;
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            long here = counts[bucket].sum();
            count += here;
            if (here > 0) {
                buckets.add(new LoadReport.Bucket(upperMicros(bucket), count));
            }
        }
        return List.copyOf(buckets);
    }
}
