package io.legion.core.codec;

import io.legion.core.CodecException;
import io.legion.core.CodecLimits;
import java.io.Serial;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// A growing array of bytes with the few ways of writing that Legion's formats are made of.
///
/// Integers of a fixed width are little-endian. A varint has seven bits to a byte, lowest first, and the high
/// bit says that more follow. What has a length is preceded by it, as a varint.
///
/// **Threads.** One at a time. **Failure.** Beyond its maximum size a write throws [CodecException]; what was
/// written until then is still there.
public final class WireOutput {
    /// The most that an output can ever hold, in bytes.
    public static final int MAX_SIZE = CodecLimits.MOST_BYTES;

    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /// A write may ask for this many bytes more than it needs.
    static final int SLACK = 16;

    /// The output copies text of at least this length as a whole rather than character by character.
    private static final int LONG_TEXT = 256;

    private int maxSize;
    private int maxDepth;
    private boolean tried;
    private byte[] buffer;

    /// How many bytes of the buffer may be used.
    private int room;

    private int size;
    private int depth;

    /// An empty output of a usual size that may grow up to [#MAX_SIZE].
    public WireOutput() {
        this(64, MAX_SIZE);
    }

    /// An empty output.
    ///
    /// @param sizeHint the bytes expected: a good guess saves copying, a bad one costs only that
    /// @param maxSize the most bytes that it takes
    public WireOutput(int sizeHint, int maxSize) {
        this(sizeHint, maxSize, CodecLimits.DEFAULT.maxDepth());
    }

    WireOutput(int sizeHint, int maxSize, int maxDepth) {
        if (sizeHint < 0 || maxSize < 0 || maxSize > MAX_SIZE) {
            throw new IllegalArgumentException("sizes of an output: hint " + sizeHint + ", maximum " + maxSize);
        }
        this.maxSize = maxSize;
        this.maxDepth = maxDepth;
        this.buffer = new byte[Math.max(16, Math.min(sizeHint, maxSize))];
        this.room = buffer.length;
    }

    /// The number of bytes written.
    ///
    /// @return the size in bytes
    public int size() {
        return size;
    }

    /// What was written.
    ///
    /// @return a copy, which belongs to the caller
    public byte[] toByteArray() {
        return Arrays.copyOf(buffer, size);
    }

    /// Empties the output, and keeps its room for what comes next.
    public void clear() {
        size = 0;
        depth = 0;
    }

    /// Takes back what was written after this size; nothing may be open.
    void truncate(int before) {
        size = before;
    }

    /// Empties the output, for a value with these limits.
    void clear(CodecLimits limits) {
        clear();
        maxSize = limits.maxBytes();
        maxDepth = limits.maxDepth();
        room = Math.min(buffer.length, maxSize);
        tried = false;
    }

    /// As [#clear(CodecLimits)], to try a value with fewer bytes: one that takes more ends in [Full].
    ///
    /// @param most the most bytes; some more are taken, since a varint asks for more than it needs
    void tryWith(int most, CodecLimits limits) {
        clear(limits);
        if (most < maxSize - SLACK) {
            maxSize = most + SLACK;
            room = Math.min(buffer.length, maxSize);
            tried = true;
        }
    }

    /// Writes what another output holds, as it is.
    ///
    /// @param other what to write; it is copied
    public void raw(WireOutput other) {
        raw(other.buffer, 0, other.size);
    }

    /// Writes one byte.
    ///
    /// @param value its lowest eight bits are written
    public void writeByte(int value) {
        reserve(1);
        buffer[size++] = (byte) value;
    }

    /// Writes four bytes, lowest first.
    ///
    /// @param value the value
    public void fixed32(int value) {
        reserve(4);
        INTS.set(buffer, size, value);
        size += 4;
    }

    /// Writes eight bytes, lowest first.
    ///
    /// @param value the value
    public void fixed64(long value) {
        reserve(8);
        LONGS.set(buffer, size, value);
        size += 8;
    }

    /// Writes an unsigned integer in one to ten bytes: small ones are short, negative ones take ten.
    ///
    /// @param value the value, taken as unsigned
    public void varLong(long value) {
        reserve(10);
        long rest = value;
        int at = size;
        while ((rest & ~0x7FL) != 0) {
            buffer[at++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        buffer[at++] = (byte) rest;
        size = at;
    }

    /// Writes a signed integer in one to ten bytes (zigzag): those near zero are short on both sides.
    ///
    /// @param value the value
    public void signedVarLong(long value) {
        varLong((value << 1) ^ (value >> 63));
    }

    /// Writes bytes with their number before them.
    ///
    /// @param bytes what to write; it is copied
    public void bytes(byte[] bytes) {
        varLong(bytes.length);
        raw(bytes);
    }

    /// Writes bytes as they are.
    ///
    /// @param bytes what to write; it is copied
    public void raw(byte[] bytes) {
        raw(bytes, 0, bytes.length);
    }

    /// Writes a part of an array as it is.
    ///
    /// @param bytes where the bytes are; they are copied
    /// @param offset the first of them
    /// @param length how many
    public void raw(byte[] bytes, int offset, int length) {
        reserve(length);
        System.arraycopy(bytes, offset, buffer, size, length);
        size += length;
    }

    /// Writes text as UTF-8 with the number of its bytes before it.
    ///
    /// @param text what to write; half of a surrogate pair has no UTF-8 and is a [CodecException]
    public void string(String text) {
        int length = text.length();
        reserve(5L + length);
        if (length >= LONG_TEXT) {
            Utf8.writeLong(text, this);
            return;
        }
        int start = size;
        varLong(length);
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                size = start;
                Utf8.write(text, this);
                return;
            }
            buffer[size + i] = (byte) c;
        }
        size += length;
    }

    /// Writes true or false as one byte.
    ///
    /// @param flag the value
    public void flag(boolean flag) {
        writeByte(flag ? 1 : 0);
    }

    /// Writes the number of items and then each.
    ///
    /// @param items what to write
    /// @param each writes one
    public <T> void list(List<T> items, BiConsumer<WireOutput, T> each) {
        varLong(items.size());
        items.forEach(item -> each.accept(this, item));
    }

    /// Writes whether there is a value, and the value if there is.
    ///
    /// @param value the value, or null
    /// @param write writes it
    public <T> void optional(@Nullable T value, BiConsumer<WireOutput, T> write) {
        flag(value != null);
        if (value != null) {
            write.accept(this, value);
        }
    }

    // ------------------------------------------------------------- for the codec

    /// Opens a block whose length is not known yet and goes one level deeper.
    int open() {
        if (++depth > maxDepth) {
            throw new CodecException("nested deeper than " + maxDepth + " levels");
        }
        reserve(1);
        return ++size;
    }

    /// Closes the block that was opened at `start`: puts its length before it.
    void close(int start) {
        depth--;
        int length = size - start;
        if (length < 0x80) {
            buffer[start - 1] = (byte) length;
        } else {
            closeLong(start, length);
        }
    }

    private void closeLong(int start, int length) {
        int more = (31 - Integer.numberOfLeadingZeros(length)) / 7;
        reserve(more);
        System.arraycopy(buffer, start, buffer, start + more, length);
        int end = size + more;
        size = start - 1;
        varLong(length);
        size = end;
    }

    /// The internal array, not a copy: its first [#size()] bytes were written. The next write may replace it.
    public byte[] buffer() {
        return buffer;
    }

    private void reserve(long more) {
        if (more > room - size) {
            grow(more);
        }
    }

    private void grow(long more) {
        long needed = size + more;
        if (needed > maxSize && tried) {
            throw new Full();
        }
        if (needed > maxSize) {
            // A varint asks for more than it may need: for simplicity the last few bytes stay unused.
            throw new CodecException("longer than the " + maxSize + " bytes allowed");
        }
        buffer = Arrays.copyOf(buffer, (int) Math.min(maxSize, Math.max(needed, buffer.length * 2L)));
        room = buffer.length;
    }

    /// Ends the writing of a value that takes more bytes than the try allows. It has no stack trace, since every
    /// event that changes a large value may try it.
    static final class Full extends RuntimeException {
        @Serial
        private static final long serialVersionUID = 1L;

        Full() {
            super("the output takes no more", null, false, false);
        }
    }
}
