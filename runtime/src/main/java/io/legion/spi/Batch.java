package io.legion.spi;

import java.util.Arrays;

/// A growing sequence of changes for [Store#write]: puts, deletes, and deletes of ranges. A later change of a
/// key wins.
///
/// It is one flat array: adding a change copies bytes and makes no objects, and an engine can take the array as
/// it is. Its format is that of RocksDB's write batches: eight zero bytes, the number of changes in four bytes
/// (little-endian), then for each change its kind in one byte and one or two byte strings, each after its
/// length as a varint.
///
/// **Threads.** Used by one thread at a time.
public final class Batch {

    /// The most bytes of a batch, its format included.
    public static final int MAX_BYTES = 256 << 20;

    /// [#clear] keeps no larger array.
    private static final int MOST_KEPT = 4 << 20;

    private static final int HEADER = 12;
    private static final int LENGTH = 5;
    private static final byte[] NOTHING_LENT = new byte[0];

    static final byte DELETE = 0x0;
    static final byte PUT = 0x1;
    static final byte DELETE_RANGE = 0xF;

    private byte[] buffer;
    private int size = HEADER;
    private int count;

    /// An empty batch of a usual size.
    public Batch() {
        this(1024);
    }

    /// An empty batch.
    ///
    /// @param sizeHint the bytes expected; a bad guess costs only time
    public Batch(int sizeHint) {
        buffer = new byte[Math.clamp(sizeHint, HEADER, MAX_BYTES)];
    }

    /// Gives `key` this value; copies both.
    ///
    /// @throws IllegalArgumentException if the key has no or too many bytes, or the batch would grow beyond
    ///     [#MAX_BYTES]; the batch is then as before
    public Batch put(byte[] key, byte[] value) {
        requireKey(key);
        begin(PUT, key.length + (long) value.length);
        append(key);
        append(value);
        return this;
    }

    /// Removes the value of a key, if it has one.
    ///
    /// @throws IllegalArgumentException as [#put]
    public Batch delete(byte[] key) {
        requireKey(key);
        begin(DELETE, key.length);
        append(key);
        return this;
    }

    /// Removes the values of all keys from `from` (inclusive) to `to` (exclusive). Adds nothing if `from` is
    /// not before `to`.
    ///
    /// @throws IllegalArgumentException as [#put], but `from` may be empty
    public Batch deleteRange(byte[] from, byte[] to) {
        requireBound(from);
        requireBound(to);
        if (Arrays.compareUnsigned(from, to) < 0) {
            begin(DELETE_RANGE, from.length + (long) to.length);
            append(from);
            append(to);
        }
        return this;
    }

    /// Adds the changes of another batch after those of this one.
    ///
    /// @throws IllegalArgumentException if this batch would grow beyond [#MAX_BYTES]; it is then as before
    public Batch addAll(Batch other) {
        int length = other.size - HEADER;
        reserve(length);
        System.arraycopy(other.buffer, HEADER, buffer, size, length);
        size += length;
        count += other.count;
        return this;
    }

    /// Forgets all changes and keeps the array, unless it is much larger than usual.
    public void clear() {
        if (buffer.length > MOST_KEPT) {
            buffer = new byte[1024];
        }
        size = HEADER;
        count = 0;
    }

    /// The number of changes.
    public int count() {
        return count;
    }

    /// True if there is no change.
    public boolean isEmpty() {
        return count == 0;
    }

    /// The size in bytes, the format included.
    public int size() {
        return size;
    }

    /// A copy of the batch in the format described above.
    public byte[] toByteArray() {
        byte[] copy = Arrays.copyOf(buffer, size);
        for (int i = 0; i < 4; i++) {
            copy[8 + i] = (byte) (count >>> (8 * i));
        }
        return copy;
    }

    /// Shows the changes in their order.
    public void forEach(Visitor visitor) {
        forEach(new Copying(visitor));
    }

    /// Shows the changes in their order, with keys in arrays of their own.
    public void forEach(Reader reader) {
        forEach(reader, NOTHING_LENT);
    }

    /// Shows the changes in their order. The key of a put or a delete, if as long as `lent`, comes in that
    /// array, which the next such key overwrites.
    public void forEach(Reader reader, byte[] lent) {
        int at = HEADER;
        while (at < size) {
            byte kind = buffer[at++];
            byte[] first = kind == DELETE_RANGE ? stringAt(at) : stringAt(at, lent);
            at = after(at);
            if (kind == DELETE) {
                reader.delete(first);
                continue;
            }
            int end = after(at);
            if (kind == PUT) {
                int length = lengthAt(at);
                reader.put(first, buffer, end - length, length);
            } else {
                reader.deleteRange(first, stringAt(at));
            }
            at = end;
        }
    }

    /// Takes the changes of a batch, and owns the arrays.
    public interface Visitor {
        /// See [Batch#put].
        void put(byte[] key, byte[] value);

        /// See [Batch#delete].
        void delete(byte[] key);

        /// See [Batch#deleteRange].
        void deleteRange(byte[] from, byte[] to);
    }

    /// Like a [Visitor], but must copy a value out of the batch to keep it.
    public interface Reader {
        /// The value is `length` bytes, from `from` on, of the batch's own `buffer`.
        void put(byte[] key, byte[] buffer, int from, int length);

        /// See [Visitor#delete].
        void delete(byte[] key);

        /// See [Visitor#deleteRange].
        void deleteRange(byte[] from, byte[] to);
    }

    /// Gives a visitor values in arrays of their own.
    private record Copying(Visitor visitor) implements Reader {
        @Override
        public void put(byte[] key, byte[] buffer, int from, int length) {
            visitor.put(key, Arrays.copyOfRange(buffer, from, from + length));
        }

        @Override
        public void delete(byte[] key) {
            visitor.delete(key);
        }

        @Override
        public void deleteRange(byte[] from, byte[] to) {
            visitor.deleteRange(from, to);
        }
    }

    private void begin(byte kind, long payload) {
        reserve(payload + 1 + 2 * LENGTH);
        buffer[size++] = kind;
        count++;
    }

    private void append(byte[] bytes) {
        int rest = bytes.length;
        while (rest > 0x7F) {
            buffer[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        buffer[size++] = (byte) rest;
        System.arraycopy(bytes, 0, buffer, size, bytes.length);
        size += bytes.length;
    }

    private byte[] stringAt(int at) {
        int end = after(at);
        return Arrays.copyOfRange(buffer, end - lengthAt(at), end);
    }

    private byte[] stringAt(int at, byte[] lent) {
        if (lengthAt(at) != lent.length) {
            return stringAt(at);
        }
        System.arraycopy(buffer, after(at) - lent.length, lent, 0, lent.length);
        return lent;
    }

    private int after(int at) {
        int next = at;
        while (buffer[next] < 0) {
            next++;
        }
        return next + 1 + lengthAt(at);
    }

    private int lengthAt(int at) {
        int length = 0;
        for (int i = at, shift = 0; ; i++, shift += 7) {
            length |= (buffer[i] & 0x7F) << shift;
            if (buffer[i] >= 0) {
                return length;
            }
        }
    }

    private void reserve(long more) {
        long needed = size + more;
        if (needed > MAX_BYTES) {
            throw new IllegalArgumentException("a batch of " + size + " bytes cannot take " + more + " more: at most "
                    + MAX_BYTES + " are allowed");
        }
        if (needed > buffer.length) {
            buffer = Arrays.copyOf(buffer, (int) Math.min(MAX_BYTES, Math.max(needed, buffer.length * 2L)));
        }
    }

    private static void requireKey(byte[] key) {
        if (key.length == 0) {
            throw new IllegalArgumentException("an empty key");
        }
        requireBound(key);
    }

    private static void requireBound(byte[] key) {
        if (key.length > Store.MAX_KEY_BYTES) {
            throw new IllegalArgumentException(
                    "a key of " + key.length + " bytes: at most " + Store.MAX_KEY_BYTES + " are allowed");
        }
    }
}
