package io.legion.benchmarks.cluster.measurement;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;

/// What one node measured in one run.
///
/// @param used in the measured time
/// @param failed requests without an answer, before the measured time too
/// @param latencies of the requests answered in the measured time, in ns
public record Measurement(Usage used, int failed, Histogram latencies) {
    private static final int COLUMNS = 3;

    /// How many requests were answered in the measured time.
    public long operations() {
        return latencies.getTotalCount();
    }

    /// As one line of text, for [#parse].
    public String line() {
        var buffer = ByteBuffer.allocate(latencies.getNeededByteBufferCapacity());
        int bytes = latencies.encodeIntoCompressedByteBuffer(buffer);
        var text = Base64.getEncoder().encode(ByteBuffer.wrap(buffer.array(), 0, bytes));
        return used.text() + " " + failed + " " + new String(text.array(), 0, text.limit(), StandardCharsets.US_ASCII);
    }

    /// Reads what [#line] wrote.
    ///
    /// @throws IllegalArgumentException if the line is not one of [#line]
    public static Measurement parse(String line) {
        var columns = line.split(" ");
        if (columns.length != COLUMNS) {
            throw new IllegalArgumentException("no measurement: " + line);
        }
        try {
            var encoded = ByteBuffer.wrap(Base64.getDecoder().decode(columns[2]));
            return new Measurement(
                    Usage.parse(columns[0]),
                    Integer.parseInt(columns[1]),
                    Histogram.decodeFromCompressedByteBuffer(encoded, 0));
        } catch (DataFormatException damaged) {
            throw new IllegalArgumentException("no measurement: " + line, damaged);
        }
    }
}
