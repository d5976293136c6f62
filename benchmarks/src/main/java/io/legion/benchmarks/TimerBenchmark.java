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

/// What it costs to record one time for Prometheus, with and without the buckets of a histogram.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
@State(Scope.Benchmark)
public class TimerBenchmark {
    /// Whether the timer has buckets.
    @Param({"false", "true"})
    public boolean histograms;

    private Monitor.Timer timer = Monitor.none().timer("none");
    private long nanos;

    /// Makes the timer.
    @Setup(Level.Trial)
    public void open() {
        var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        timer = MicrometerMonitor.open(new MicrometerMonitor.Config(histograms), registry)
                .timer("timer");
    }

    /// One thread.
    @Benchmark
    @Threads(1)
    public void record() {
        nanos = (nanos + 7_919) % 1_000_000;
        timer.recordNanos(nanos);
    }
}
