package io.legion.benchmarks.cluster;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.StringJoiner;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;

/// What one node measured in one step.
///
/// @param used of the machine, in the measured time
/// @param failed requests without an answer, before the measured time too
/// @param latencies of the requests that were answered in the measured time, in ns
record Measurement(Usage used, int failed, Histogram latencies) {
    private static final int COLUMNS = 6;

    long operations() {
        return latencies.getTotalCount();
    }

    /// As one line of text, for [#parse].
    String line() {
        var buffer = ByteBuffer.allocate(latencies.getNeededByteBufferCapacity());
        int bytes = latencies.encodeIntoCompressedByteBuffer(buffer);
        var text = Base64.getEncoder().encode(ByteBuffer.wrap(buffer.array(), 0, bytes));
        return new StringJoiner(" ")
                .add(String.valueOf(used.nanos()))
                .add(String.valueOf(used.cpuNanos()))
                .add(String.valueOf(used.busyNanos()))
                .add(String.valueOf(used.switches()))
                .add(String.valueOf(failed))
                .add(new String(text.array(), 0, text.limit(), StandardCharsets.US_ASCII))
                .toString();
    }

    /// @throws IllegalArgumentException if the line is not one of [#line]
    static Measurement parse(String line) {
        var columns = line.split(" ");
        if (columns.length != COLUMNS) {
            throw new IllegalArgumentException("no measurement: " + line);
        }
        try {
            var used = new Usage(
                    Long.parseLong(columns[0]),
                    Long.parseLong(columns[1]),
                    Long.parseLong(columns[2]),
                    Long.parseLong(columns[3]));
            var encoded = ByteBuffer.wrap(Base64.getDecoder().decode(columns[5]));
            return new Measurement(
                    used, Integer.parseInt(columns[4]), Histogram.decodeFromCompressedByteBuffer(encoded, 0));
        } catch (DataFormatException damaged) {
            throw new IllegalArgumentException("no measurement: " + line, damaged);
        }
    }
}
