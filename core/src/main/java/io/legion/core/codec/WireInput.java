package io.legion.core.codec;

import io.legion.core.Bytes;
import io.legion.core.CodecException;
import io.legion.core.CodecLimits;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads what a [WireOutput] wrote, and trusts nothing. It throws a [CodecException] for a length or a count
/// beyond the bytes that are there, before it allocates that much, for a varint that does not end, and for text
/// that is not UTF-8.
///
/// **Threads.** One at a time. The input does not copy the array, which must not change meanwhile.
public final class WireInput {
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final byte[] bytes;
    private final int maxDepth;
    private int position;
    private int limit;
    private int depth;

    /// An input over a whole array.
    ///
    /// @param bytes what to read
    public WireInput(byte[] bytes) {
        this(bytes, 0, bytes.length);
    }

    /// An input over a part of an array.
    ///
    /// @param bytes where the bytes are
    /// @param offset the first of them
    /// @param length how many
    public WireInput(byte[] bytes, int offset, int length) {
        this(bytes, offset, length, CodecLimits.DEFAULT.maxDepth());
    }

    WireInput(byte[] bytes, int offset, int length, int maxDepth) {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        this.bytes = bytes;
        this.maxDepth = maxDepth;
        this.position = offset;
        this.limit = offset + length;
    }

    /// The number of bytes not read yet.
    ///
    /// @return 0 at the end
    public int remaining() {
        return limit - position;
    }

    /// Refuses unread bytes.
    ///
    /// @throws CodecException when there are any
    public void requireEnd() {
        if (position != limit) {
            throw new CodecException(remaining() + " bytes too many");
        }
    }

    /// Reads one byte.
    ///
    /// @return -128 to 127
    public byte readByte() {
        require(1);
        return bytes[position++];
    }

    /// Reads four bytes, lowest first.
    ///
    /// @return the value
    public int fixed32() {
        require(4);
        int value = (int) INTS.get(bytes, position);
        position += 4;
        return value;
    }

    /// Reads eight bytes, lowest first.
    ///
    /// @return the value
    public long fixed64() {
        require(8);
        long value = (long) LONGS.get(bytes, position);
        position += 8;
        return value;
    }

    /// Reads an unsigned integer of one to ten bytes.
    ///
    /// @return the value, to be taken as unsigned
    public long varLong() {
        if (position < limit && bytes[position] >= 0) {
            return bytes[position++];
        }
        return longVarLong();
    }

    private long longVarLong() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            byte next = readByte();
            value |= (next & 0x7FL) << shift;
            if (next >= 0) {
                requireShort(next, shift);
                return value;
            }
        }
        throw new CodecException("an integer of more than ten bytes");
    }

    private static void requireShort(byte last, int shift) {
        if ((last == 0 && shift > 0) || (shift == 63 && last > 1)) {
            throw new CodecException("an integer that is longer than it should be");
        }
    }

    /// Reads a signed integer of one to ten bytes (zigzag).
    ///
    /// @return the value
    public long signedVarLong() {
        long value = varLong();
        return (value >>> 1) ^ -(value & 1);
    }

    /// Reads a signed integer that must fit into an `int`.
    ///
    /// @return the value
    public int signedVarInt() {
        long value = signedVarLong();
        if (value != (int) value) {
            throw new CodecException("the integer " + value + " does not fit into 32 bits");
        }
        return (int) value;
    }

    /// Reads the number of items that follow.
    ///
    /// @param minBytesPerItem the fewest bytes that an item takes, at least 1
    /// @return the number, for which the bytes that are left suffice
    public int count(int minBytesPerItem) {
        long count = varLong();
        if (count < 0 || count > remaining() / minBytesPerItem) {
            throw new CodecException("a count of " + Long.toUnsignedString(count) + " items of at least "
                    + minBytesPerItem + " bytes, with " + remaining() + " bytes left");
        }
        return (int) count;
    }

    /// Reads bytes preceded by their number.
    ///
    /// @return a copy, which belongs to the caller
    public byte[] bytes() {
        return raw(length());
    }

    /// As [#bytes], as a value.
    ///
    /// @return a copy
    public Bytes immutableBytes() {
        int length = length();
        require(length);
        Bytes copy = Bytes.copyOf(bytes, position, position + length);
        position += length;
        return copy;
    }

    /// Skips bytes preceded by their number.
    ///
    /// @return how many there are
    public int skipBytes() {
        int length = length();
        position += length;
        return length;
    }

    /// Reads a known number of bytes.
    ///
    /// @param length how many, not negative
    /// @return a copy, which belongs to the caller
    public byte[] raw(int length) {
        require(length);
        byte[] copy = Arrays.copyOfRange(bytes, position, position + length);
        position += length;
        return copy;
    }

    /// Reads text preceded by the number of its bytes.
    ///
    /// @return the text
    public String string() {
        int length = length();
        String text = Utf8.read(bytes, position, length);
        position += length;
        return text;
    }

    /// The bytes read since an earlier place, once more.
    ///
    /// @param position what [#position()] was then
    /// @return a copy, which belongs to the caller
    public byte[] since(int position) {
        return Arrays.copyOfRange(bytes, position, this.position);
    }

    /// Reads a length and leaves the position behind it: that many bytes follow.
    private int length() {
        long length = varLong();
        if (length < 0 || length > remaining()) {
            throw new CodecException(
                    "a length of " + Long.toUnsignedString(length) + " bytes, with " + remaining() + " bytes left");
        }
        return (int) length;
    }

    /// Reads true or false.
    ///
    /// @return false for 0, else true
    public boolean flag() {
        return readByte() != 0;
    }

    /// Reads the number of items and then each.
    ///
    /// @param each reads one, of at least one byte
    /// @return the items, in a list that belongs to the caller
    public <T> List<T> list(Function<WireInput, T> each) {
        var items = new ArrayList<T>();
        for (int left = count(1); left > 0; left--) {
            items.add(each.apply(this));
        }
        return items;
    }

    /// Reads whether there is a value, and the value if there is.
    ///
    /// @param read reads it
    /// @return the value, or null
    public <T> @Nullable T optional(Function<WireInput, T> read) {
        return flag() ? read.apply(this) : null;
    }

    private void require(int length) {
        if (length > limit - position || length < 0) {
            throw new CodecException("ends too early: " + length + " bytes wanted, " + remaining() + " left");
        }
    }

    // ------------------------------------------------------------- for the codec

    /// Enters a block preceded by its length, one level deeper; returns the old limit for `close`.
    int open() {
        int length = length();
        if (++depth > maxDepth) {
            throw new CodecException("nested deeper than " + maxDepth + " levels");
        }
        int outer = limit;
        limit = position + length;
        return outer;
    }

    /// Leaves a block, which must have been read to its end.
    void close(int outerLimit) {
        requireEnd();
        depth--;
        limit = outerLimit;
    }

    /// Where the next byte is read.
    ///
    /// @return its place in the array
    public int position() {
        return position;
    }

    byte[] array() {
        return bytes;
    }

    /// Moves behind the key of a field, if the field is there, and skips unknown fields.
    ///
    /// The fields of a record are in ascending order of their keys, so one pass finds them all.
    ///
    /// @param previous the key that the caller looked for before this one, 0 for the first
    boolean seek(int previous, int key) {
        if (limit - position >= Integer.BYTES && (int) INTS.get(bytes, position) == key) {
            position += Integer.BYTES;
            return true;
        }
        return position != limit && UnknownFields.seekBehind(this, previous, key);
    }

    /// Skips what is left of a record behind its last known field.
    void skipUnknown(int previous) {
        if (position != limit) {
            UnknownFields.skipRest(this, previous);
        }
    }

    void skip(int length) {
        require(length);
        position += length;
    }

    void skipBlock() {
        skip(length());
    }

    /// Reads again from an earlier place in the same block.
    void rewind(int earlier) {
        position = earlier;
    }
}
