package io.legion.benchmarks;

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
import org.openjdk.jmh.annotations.Warmup;

/// A FAST request at a replica with two others and many outstanding events: its cost must not grow with their
/// number.
///
/// The others are replicas too, and that many events are on the way to them. Before each measured request the
/// oldest one arrives there and comes back folded, so the number stays as it is.
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 3, time = 2)
@Fork(
        value = 2,
        jvmArgsAppend = {"-Xmx1g"})
@State(Scope.Thread)
public class OutstandingBenchmark {
    /// The number of outstanding events.
    @Param({"10", "1000", "10000"})
    public int outstanding = 10;

    /// How many partitions they are spread over.
    @Param({"1", "1000"})
    public int partitions = 1;

    private SlowTrio trio = new SlowTrio(1);

    /// Fills the log.
    @Setup(Level.Trial)
    public void fill() {
        trio = new SlowTrio(partitions);
        for (int i = 0; i < outstanding; i++) {
            trio.request();
        }
    }

    /// Makes room for the next event.
    @Setup(Level.Invocation)
    public void foldOldest() {
        trio.deliverUntilFold();
        if (trio.outstanding() != outstanding - 1) {
            throw new IllegalStateException("outstanding are " + trio.outstanding() + " events");
        }
    }

    /// The request: originated, applied, written to the log, sent, answered.
    @Benchmark
    public int request() {
        return trio.request();
    }
}
