package io.legion.service;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;

/// A [Monitor] that keeps its numbers in memory: for tests, which read them, and for programs that nobody
/// monitors.
///
/// Read a meter by its name and its tags, written `name` or `name{key=value,other=value}` with the keys in
/// their order.
///
/// **Threads.** Any.
public final class RecordingMonitor implements Monitor, AutoCloseable {

    /// The configuration: nothing.
    public record Config() {}

    private final Meters meters;
    private final SortedMap<String, String> tags;

    private RecordingMonitor(Meters meters, SortedMap<String, String> tags) {
        this.meters = meters;
        this.tags = tags;
    }

    /// Opens it.
    public static RecordingMonitor open() {
        return open(new Config());
    }

    /// Opens it.
    public static RecordingMonitor open(Config config) {
        return new RecordingMonitor(
                new Meters(new ConcurrentHashMap<>(), new ConcurrentHashMap<>(), new ConcurrentHashMap<>()),
                new TreeMap<>());
    }

    @Override
    public Counter counter(String name) {
        return meters.counters.computeIfAbsent(fullName(name), _ -> new Count());
    }

    @Override
    public Timer timer(String name) {
        return meters.timers.computeIfAbsent(fullName(name), _ -> new Time());
    }

    @Override
    public Registration gauge(String name, DoubleSupplier value) {
        var fullName = fullName(name);
        var mine = new Shown(value);
        meters.gauges.put(fullName, mine);
        return () -> meters.gauges.remove(fullName, mine);
    }

    @Override
    public RecordingMonitor tagged(String key, String value) {
        var more = new TreeMap<>(tags);
        more.put(key, value);
        return new RecordingMonitor(meters, more);
    }

    /// What the counter of this full name has counted; 0 if there is none.
    public long count(String fullName) {
        var counter = meters.counters.get(fullName);
        return counter == null ? 0 : counter.sum.sum();
    }

    /// What the gauge of this full name shows.
    ///
    /// @throws IllegalArgumentException if there is none
    public double value(String fullName) {
        var gauge = meters.gauges.get(fullName);
        if (gauge == null) {
            throw new IllegalArgumentException(
                    "There is no gauge " + fullName + ", only " + new TreeMap<>(meters.gauges).keySet() + ".");
        }
        return gauge.value.getAsDouble();
    }

    /// What the timer of this full name has recorded; all 0 if there is none.
    public Timing timing(String fullName) {
        var timer = meters.timers.get(fullName);
        return timer == null
                ? new Timing(0, 0, 0)
                : new Timing(timer.count.sum(), timer.totalNanos.sum(), timer.maximumNanos.get());
    }

    /// All counters looked up so far, by full name.
    public Map<String, Long> counts() {
        var counts = new TreeMap<String, Long>();
        meters.counters.forEach((name, counter) -> counts.put(name, counter.sum.sum()));
        return counts;
    }

    /// Forgets all meters.
    @Override
    public void close() {
        meters.counters.clear();
        meters.timers.clear();
        meters.gauges.clear();
    }

    private String fullName(String name) {
        return tags.isEmpty() ? name : name + tags.toString().replace(", ", ",");
    }

    /// What a timer has recorded.
    ///
    /// @param count the number of measurements
    /// @param totalNanos their sum
    /// @param maximumNanos the longest of them
    public record Timing(long count, long totalNanos, long maximumNanos) {}

    private record Meters(
            ConcurrentMap<String, Count> counters,
            ConcurrentMap<String, Time> timers,
            ConcurrentMap<String, Shown> gauges) {}

    /// Compared by identity, so that closing an earlier registration of a supplier does not remove a later one.
    private static final class Shown {

        private final DoubleSupplier value;

        Shown(DoubleSupplier value) {
            this.value = value;
        }
    }

    private static final class Count implements Counter {

        private final LongAdder sum = new LongAdder();

        @Override
        public void add(long amount) {
            sum.add(amount);
        }
    }

    private static final class Time implements Timer {

        private final LongAdder count = new LongAdder();
        private final LongAdder totalNanos = new LongAdder();
        private final AtomicLong maximumNanos = new AtomicLong();

        @Override
        public void recordNanos(long nanos) {
            long counted = Math.max(0, nanos);
            count.increment();
            totalNanos.add(counted);
            if (counted > maximumNanos.get()) {
                maximumNanos.accumulateAndGet(counted, Math::max);
            }
        }
    }
}
