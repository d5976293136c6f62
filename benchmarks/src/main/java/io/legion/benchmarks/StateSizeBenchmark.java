package io.legion.benchmarks;

import io.legion.Partitions;
import io.legion.core.Consistency;
import io.legion.core.PartitionKey;
import io.legion.core.PartitionType;
import io.legion.service.Managed;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// A FAST request in process that changes one field of a record; its other field is one text of about [#size]
/// characters.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 2, time = 5)
@Measurement(iterations = 3, time = 5)
@Fork(
        value = 2,
        jvmArgsAppend = {
            "-Xmx1g",
            "-XX:+UseG1GC",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow"
        })
@State(Scope.Benchmark)
public class StateSizeBenchmark {
    /// The size of the state, about, in bytes.
    @Param({"100", "65536", "1048576"})
    public int size = 100;

    /// True if the type has an index of one tag, which changes with every event.
    @Param({"false", "true"})
    public boolean indexed;

    private final PartitionKey key = PartitionKey.of("sheet");
    private Managed.@Nullable Scope<Partitions<Sheet>> scope;
    private @Nullable Partitions<Sheet> sheets;

    /// Opens the node and writes the text.
    @Setup(Level.Trial)
    public void open() {
        PartitionType<Sheet> type = indexed ? Sheet.INDEXED : Sheet.PLAIN;
        scope = ScratchDirectory.managed()
                .flatMap(directory -> Setting.MEMORY_STORE.node(directory.resolve("store"), type))
                .map(legion -> legion.partitions(type))
                .open();
        sheets = scope.handle();
        sheets.of(key).request(new Sheet.Write("x".repeat(size - 100 + 64)), Consistency.FAST);
    }

    /// One caller, who waits for each answer.
    @Benchmark
    public long increment() {
        if (sheets == null) {
            throw new IllegalStateException("the node is not open");
        }
        return sheets.of(key).request(new Sheet.Increment(), Consistency.FAST).output();
    }

    /// Closes the node.
    @TearDown(Level.Trial)
    public void close() {
        if (scope != null) {
            scope.close();
        }
    }
}
