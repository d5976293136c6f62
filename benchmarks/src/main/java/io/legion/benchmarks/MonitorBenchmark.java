package io.legion.benchmarks;

import io.legion.service.MicrometerMonitor;
import io.legion.service.Monitor;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/// What a meter costs its caller: every request records how long it took.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
@Threads(2)
@State(Scope.Benchmark)
public class MonitorBenchmark {
    /// Who keeps the numbers.
    public enum Keeper {
        /// Nobody.
        NOBODY,
        /// Prometheus: how often, and how long together.
        PROMETHEUS,
        /// Prometheus, with the buckets of its histograms too.
        BUCKETS;

        private Monitor monitor() {
            return this == NOBODY
                    ? Monitor.none()
                    : MicrometerMonitor.open(
                            new MicrometerMonitor.Config(this == BUCKETS),
                            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
        }
    }

    /// Who keeps the numbers.
    @Param
    public Keeper keeper = Keeper.NOBODY;

    private Monitor.Timer timer = Monitor.none().timer("legion.request");
    private Monitor.Counter counter = Monitor.none().counter("legion.reads");

    /// Opens the monitor, and looks its meters up.
    @Setup(Level.Trial)
    public void open() {
        var monitor = keeper.monitor();
        timer = monitor.timer("legion.request");
        counter = monitor.counter("legion.reads");
    }

    /// How long a request took.
    @Benchmark
    public void record() {
        timer.recordNanos(750_000);
    }

    /// That one was there.
    @Benchmark
    public void count() {
        counter.increment();
    }
}
