package io.legion.benchmarks;

import io.legion.Partition;
import io.legion.Partitions;
import io.legion.core.Consistency;
import io.legion.core.PartitionKey;
import io.legion.core.RequestId;
import io.legion.service.Managed;
import java.util.SplittableRandom;
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
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/// A FAST request in process, through all of Legion, to one of 10,000 small partitions: the event encoded,
/// applied, folded (the node is alone), stored as durably as the setting says, answered.
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 3, time = 2)
@Fork(
        value = 2,
        jvmArgsAppend = {
            "-Xmx1g",
            "-Djmh.executor=VIRTUAL",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow"
        })
public class RequestBenchmark {
    private static final int PARTITIONS = 10_000;

    /// A node, for all callers.
    @State(Scope.Benchmark)
    public static class Node {
        /// Where the state is kept, and how durably.
        @Param
        public Setting setting = Setting.MEMORY_STORE;

        private final PartitionKey[] keys = new PartitionKey[PARTITIONS];
        private Managed.@Nullable Scope<Partitions<Tally>> scope;
        private @Nullable Partitions<Tally> tallies;

        /// Opens the node, and gives every partition a state of its own.
        @Setup(Level.Trial)
        public void open() {
            scope = ScratchDirectory.managed()
                    .flatMap(directory -> setting.node(directory.resolve("store"), Tally.TYPE))
                    .map(legion -> legion.partitions(Tally.TYPE))
                    .open();
            tallies = scope.handle();
            for (int i = 0; i < PARTITIONS; i++) {
                keys[i] = PartitionKey.of("tally-" + i);
                increment(i);
            }
        }

        long increment(int key) {
            return tally(key).request(new Tally.Increment(1), Consistency.FAST).output();
        }

        long increment(int key, RequestId id) {
            return tally(key)
                    .request(new Tally.Increment(1), Consistency.FAST, id)
                    .output();
        }

        private Partition<Tally> tally(int key) {
            if (tallies == null) {
                throw new IllegalStateException("the node is not open");
            }
            return tallies.of(keys[key]);
        }

        /// Closes the node and deletes its directory.
        @TearDown(Level.Trial)
        public void close() {
            if (scope != null) {
                scope.close();
            }
        }
    }

    /// One caller's choice of partitions.
    @State(Scope.Thread)
    public static class Caller {
        private final SplittableRandom random =
                new SplittableRandom(Thread.currentThread().threadId());

        int key() {
            return random.nextInt(PARTITIONS);
        }

        /// The id that the next text names, such as a header.
        RequestId id() {
            return RequestId.of("order-" + random.nextLong());
        }
    }

    /// One caller, who waits for each answer.
    @Benchmark
    @Threads(1)
    public long oneCaller(Node node, Caller caller) {
        return node.increment(caller.key());
    }

    /// One caller that gives each request an id of its own.
    @Benchmark
    @Threads(1)
    public long oneCallerWithTextIds(Node node, Caller caller) {
        return node.increment(caller.key(), caller.id());
    }

    /// 64 callers on virtual threads; each waits for each answer.
    @Benchmark
    @Threads(64)
    public long manyCallers(Node node, Caller caller) {
        return node.increment(caller.key());
    }
}
