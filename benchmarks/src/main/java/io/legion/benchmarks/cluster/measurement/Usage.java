package io.legion.benchmarks.cluster.measurement;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/// What this process and the whole machine used between two moments.
///
/// @param nanos the time between them
/// @param cpuNanos the processor time of this process
/// @param compilerNanos the just-in-time compilers' part of it
/// @param collectorNanos the garbage collector's part of it; 0 where it cannot be known
/// @param allocatedBytes of this process
/// @param switches of this process from one thread to another; 0 where they cannot be known
/// @param busyNanos the processor time of the whole machine; 0 where it cannot be known
/// @param sentBytes over the loopback device; 0 where they cannot be known
public record Usage(
        long nanos,
        long cpuNanos,
        long compilerNanos,
        long collectorNanos,
        long allocatedBytes,
        long switches,
        long busyNanos,
        long sentBytes) {
    private static final int COLUMNS = 8;

    /// As one word, for [#parse].
    public String text() {
        return LongStream.of(
                        nanos, cpuNanos, compilerNanos, collectorNanos, allocatedBytes, switches, busyNanos, sentBytes)
                .mapToObj(String::valueOf)
                .collect(Collectors.joining(","));
    }

    /// Reads what [#text] wrote.
    ///
    /// @throws IllegalArgumentException if the text is not one of [#text]
    public static Usage parse(String text) {
        var all = Arrays.stream(text.split(",")).mapToLong(Long::parseLong).toArray();
        if (all.length != COLUMNS) {
            throw new IllegalArgumentException("no usage: " + text);
        }
        return new Usage(all[0], all[1], all[2], all[3], all[4], all[5], all[6], all[7]);
    }
}
