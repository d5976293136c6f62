package io.legion.service;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/// A [Monitor] on Micrometer, which carries the numbers to Prometheus, JMX and most monitoring systems.
///
/// **Threads.** Any.
public final class MicrometerMonitor implements Monitor, AutoCloseable {

    /// The configuration.
    ///
    /// @param histograms whether timers publish the buckets from which percentiles over several nodes are made:
    ///     from 10 µs to 10 s in steps of 1, 2 and 5, which are 20 more numbers for each timer
    public record Config(@Default("false") boolean histograms) {}

    /// The upper bounds of the buckets. Micrometer's own choice would be some 70 of them, none below 1 ms.
    private static final Duration[] BUCKETS = LongStream.of(
                    10,
                    20,
                    50,
                    100,
                    200,
                    500,
                    1_000,
                    2_000,
                    5_000,
                    10_000,
                    20_000,
                    50_000,
                    100_000,
                    200_000,
                    500_000,
                    1_000_000,
                    2_000_000,
                    5_000_000,
                    10_000_000)
            .mapToObj(micros -> Duration.ofNanos(1_000 * micros))
            .toArray(Duration[]::new);

    private static final Duration[] NONE = {};

    private final Config config;
    private final MeterRegistry registry;
    private final Opened opened;
    private final Tags tags;

    private MicrometerMonitor(Config config, MeterRegistry registry, Opened opened, Tags tags) {
        this.config = config;
        this.registry = registry;
        this.opened = opened;
        this.tags = tags;
    }

    /// Opens it on a registry, which stays open when the monitor closes.
    public static MicrometerMonitor open(Config config, MeterRegistry registry) {
        var opened = new Opened(ConcurrentHashMap.newKeySet(), new ConcurrentHashMap<>());
        return new MicrometerMonitor(config, registry, opened, Tags.empty());
    }

    @Override
    public Counter counter(String name) {
        var counter =
                io.micrometer.core.instrument.Counter.builder(name).tags(tags).register(registry);
        opened.meters.add(counter);
        return counter::increment;
    }

    @Override
    public Timer timer(String name) {
        var timer = io.micrometer.core.instrument.Timer.builder(name)
                .tags(tags)
                .serviceLevelObjectives(config.histograms() ? BUCKETS : NONE)
                .register(registry);
        opened.meters.add(timer);
        return nanos -> timer.record(Math.max(0, nanos), TimeUnit.NANOSECONDS);
    }

    @Override
    public Registration gauge(String name, DoubleSupplier value) {
        var key = new Key(name, tags);
        var mine = new Shown();
        opened.gauges.compute(key, (_, earlier) -> {
            // While the earlier gauge is there, Micrometer returns it instead of the new one.
            if (earlier != null) {
                earlier.removeFrom(registry);
            }
            mine.meter = io.micrometer.core.instrument.Gauge.builder(name, value::getAsDouble)
                    .tags(tags)
                    .strongReference(true)
                    .register(registry);
            return mine;
        });
        return () -> {
            if (opened.gauges.remove(key, mine)) {
                mine.removeFrom(registry);
            }
        };
    }

    @Override
    public Monitor tagged(String key, String value) {
        return new MicrometerMonitor(config, registry, opened, tags.and(key, value));
    }

    /// Removes the meters that were asked for here from the registry.
    @Override
    public void close() {
        opened.meters.forEach(registry::remove);
        opened.meters.clear();
        opened.gauges.forEach((_, shown) -> shown.removeFrom(registry));
        opened.gauges.clear();
    }

    private record Key(String name, Tags tags) {}

    private record Opened(Set<Meter> meters, ConcurrentMap<Key, Shown> gauges) {}

    /// Compared by identity, so that closing an earlier registration does not remove a later one.
    private static final class Shown {

        private volatile @Nullable Meter meter;

        void removeFrom(MeterRegistry registry) {
            var shown = meter;
            if (shown != null) {
                registry.remove(shown);
            }
        }
    }
}
