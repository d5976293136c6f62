package io.legion.discovery.answer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/// Keeps what is written, up to a bound.
final class BoundedBuffer extends OutputStream {
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private final int most;
    private boolean full;

    BoundedBuffer(int most) {
        this.most = most;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    /// @throws IOException if it would be more than the bound
    @Override
    public void write(byte[] from, int offset, int length) throws IOException {
        if (full || length > most - kept.size()) {
            full = true;
            throw new IOException("more than " + most + " bytes");
        }
        kept.write(from, offset, length);
    }

    /// True if somebody tried to write more than the bound.
    boolean isFull() {
        return full;
    }

    byte[] bytes() {
        return kept.toByteArray();
    }
}
