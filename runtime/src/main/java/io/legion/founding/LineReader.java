package io.legion.founding;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/// The lines of a stream, as bytes without their ends. It keeps one line in memory.
final class LineReader implements AutoCloseable {
    /// The longest line; a state has at most 8 MiB, and JSON several bytes for each of them.
    static final int MOST_BYTES = 64 << 20;

    private static final int USUAL_BYTES = 256 << 10;

    private final InputStream in;
    private byte[] buffer = new byte[USUAL_BYTES];
    private int start;
    private int end;
    private int filled;
    private int next;

    LineReader(InputStream in) {
        this.in = in;
    }

    /// Goes to the next line.
    ///
    /// @return false if there is none
    /// @throws IOException if the stream cannot be read, or the line is longer than [#MOST_BYTES]
    boolean next() throws IOException {
        start = next;
        int at = start;
        while (true) {
            for (; at < filled; at++) {
                if (buffer[at] == '\n') {
                    end = at;
                    next = at + 1;
                    return true;
                }
            }
            int read = at - start;
            if (!fill()) {
                end = filled;
                next = filled;
                return end > start;
            }
            at = start + read;
        }
    }

    private boolean fill() throws IOException {
        if (start > 0) {
            System.arraycopy(buffer, start, buffer, 0, filled - start);
            filled -= start;
            start = 0;
        }
        if (filled == buffer.length) {
            if (filled >= MOST_BYTES) {
                throw new IOException("a line has more than " + MOST_BYTES + " bytes");
            }
            buffer = Arrays.copyOf(buffer, Math.min(2 * filled, MOST_BYTES));
        }
        int read = in.read(buffer, filled, buffer.length - filled);
        filled += Math.max(0, read);
        return read > 0;
    }

    /// What holds the line, from [#start] to [#end].
    byte[] buffer() {
        return buffer;
    }

    int start() {
        return start;
    }

    int end() {
        return end;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
