package io.legion.cluster.jgroups.wire;

import java.io.DataInput;
import java.io.IOException;
import java.util.Arrays;
import org.jgroups.util.ByteArrayDataInputStream;

/// A whole message, from which JGroups reads. JGroups takes memory for a length before it has the bytes, so that a
/// message of some bytes could take gigabytes.
public final class MessageInput extends ByteArrayDataInputStream {
    private static final int FIRST_BYTES = 8 * 1024;

    /// What JGroups writes as an int are lengths and small counters.
    private static final int MOST_NUMBER = 1 << 20;

    MessageInput(byte[] message) {
        super(message);
    }

    /// Reads so many bytes, and takes memory as they come.
    ///
    /// @throws IOException if the length is none that a message may have
    public static byte[] bytes(DataInput in, int length) throws IOException {
        if (length < 0 || length > WireFormat.LONGEST) {
            throw new IOException("a message of " + length + " bytes");
        }
        var bytes = new byte[Math.min(length, FIRST_BYTES)];
        in.readFully(bytes);
        while (bytes.length < length) {
            int read = bytes.length;
            bytes = Arrays.copyOf(bytes, Math.min(length, 2 * read));
            in.readFully(bytes, read, bytes.length - read);
        }
        return bytes;
    }

    /// @throws IOException if it is more than JGroups needs
    @Override
    public int readInt() throws IOException {
        int value = super.readInt();
        if (value > MOST_NUMBER) {
            throw new IOException("a number of " + value + " in a message of " + capacity() + " bytes");
        }
        return value;
    }

    /// Looks at the number that comes next.
    int peekInt() throws IOException {
        mark(Integer.BYTES);
        int value = super.readInt();
        reset();
        return value;
    }

    /// @throws IOException if fewer bytes are left
    void requireLeft(long bytes) throws IOException {
        if (bytes > available()) {
            throw new IOException("a length of " + bytes + " where " + available() + " bytes are left");
        }
    }
}
