package io.legion.benchmarks;

import io.legion.core.Bytes;
import io.legion.core.Codec;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// The derived codec on a small state: what each request pays once, and each load of a state.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(2)
@State(Scope.Thread)
public class CodecBenchmark {
    private final Codec<Tally> codec = Tally.TYPE.stateCodec();
    private final Tally state = new Tally(123_456_789, Bytes.wrap(new byte[64]));
    private final byte[] encoded = codec.encode(state);

    /// Encodes a state of a number and 64 bytes.
    @Benchmark
    public byte[] encode() {
        return codec.encode(state);
    }

    /// Decodes the same state.
    @Benchmark
    public Tally decode() {
        return codec.decode(encoded);
    }
}
