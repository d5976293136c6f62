package io.legion.benchmarks.cluster.load;

import io.legion.benchmarks.cluster.measurement.Measurement;
import io.legion.benchmarks.cluster.measurement.Moment;
import io.legion.benchmarks.cluster.measurement.Recorder;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import org.HdrHistogram.AtomicHistogram;
import org.jspecify.annotations.Nullable;

/// The load in one node: virtual threads, each with one request in flight, for a counter drawn at random.
///
/// A closed loop: while a node stalls, its load waits too, so the latencies leave out requests never made.
final class NodeLoad {
    private static final long SHORTEST_NANOS = 1_000;
    private static final long LONGEST_NANOS = Duration.ofSeconds(60).toNanos();
    private static final int DIGITS = 3;

    /// How many counters to read at once.
    private static final int READERS = 64;

    /// How many failed requests of a run to report one by one.
    private static final int TOLD = 10;

    private final Counters counters;
    private final PrintStream err;
    private final String[] keys = new String[LoadedNode.KEYS];
    private final AtomicLongArray acknowledged = new AtomicLongArray(LoadedNode.KEYS);
    private final AtomicInteger failed = new AtomicInteger();

    private volatile @Nullable AtomicHistogram latencies;
    private volatile boolean stopped;
    private volatile long begunNanos;

    NodeLoad(Counters counters, PrintStream err) {
        this.counters = counters;
        this.err = err;
        for (int key = 0; key < LoadedNode.KEYS; key++) {
            keys[key] = "counter-" + key;
        }
    }

    /// Runs the load for the settling and the measured time, and measures the latter.
    ///
    /// @param recording covers the time from before the load until the end of the measured part
    Measurement run(int inFlight, Duration settling, Duration measured, Recorder recording)
            throws InterruptedException {
        failed.set(0);
        stopped = false;
        recording.start();
        begunNanos = System.nanoTime();
        var workers = new ArrayList<Thread>();
        for (int i = 0; i < inFlight; i++) {
            workers.add(Thread.startVirtualThread(this::work));
        }
        Thread.sleep(settling);
        var recorded = new AtomicHistogram(SHORTEST_NANOS, LONGEST_NANOS, DIGITS);
        var begin = Moment.now();
        latencies = recorded;
        Thread.sleep(measured);
        latencies = null;
        var used = Moment.now().since(begin);
        recording.stop();
        stopped = true;
        for (var worker : workers) {
            worker.join();
        }
        return new Measurement(used, failed.get(), recorded.copy());
    }

    private void work() {
        var random = new SplittableRandom();
        while (!stopped) {
            int key = random.nextInt(LoadedNode.KEYS);
            long begin = System.nanoTime();
            try {
                counters.increment(keys[key]);
            } catch (RuntimeException failure) {
                tell(failure);
                continue;
            }
            acknowledged.incrementAndGet(key);
            var recorded = latencies;
            if (recorded != null) {
                recorded.recordValue(Math.min(System.nanoTime() - begin, LONGEST_NANOS));
            }
        }
    }

    private void tell(RuntimeException failure) {
        int number = failed.incrementAndGet();
        if (number <= TOLD) {
            err.printf(
                    Locale.ROOT,
                    "request failed, %.1f s after the load began%s: %s%n",
                    (System.nanoTime() - begunNanos) / 1e9,
                    number == TOLD ? " (further ones are only counted)" : "",
                    failure);
        }
        try {
            Thread.sleep(1);
        } catch (InterruptedException never) {
            Thread.currentThread().interrupt();
        }
    }

    /// For each counter, how often this node heard that it was incremented, since the beginning.
    long[] acknowledged() {
        var all = new long[LoadedNode.KEYS];
        for (int key = 0; key < LoadedNode.KEYS; key++) {
            all[key] = acknowledged.get(key);
        }
        return all;
    }

    /// The value of each counter.
    ///
    /// @throws IllegalStateException if one cannot be read
    long[] counts() {
        var reads = new ArrayList<Future<Long>>();
        try (var readers = Executors.newFixedThreadPool(READERS)) {
            for (var key : keys) {
                reads.add(readers.submit(() -> counters.read(key)));
            }
        }
        return reads.stream().mapToLong(NodeLoad::result).toArray();
    }

    private static long result(Future<Long> read) {
        try {
            return read.get();
        } catch (ExecutionException | InterruptedException failure) {
            throw new IllegalStateException("a counter could not be read back", failure);
        }
    }
}
