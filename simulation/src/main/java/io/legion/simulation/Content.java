package io.legion.simulation;

import io.legion.runtime.Store;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What is on a simulated disk: values by keys, in the order of the keys. It is so little that sorted arrays are the
/// fastest, and a copy of them is nearly free.
final class Content {
    private static final int ROOM = 64;

    private byte[][] keys;
    private byte[][] values;
    private int size;

    /// An empty one.
    Content() {
        this(new byte[ROOM][], new byte[ROOM][], 0);
    }

    private Content(byte[][] keys, byte[][] values, int size) {
        this.keys = keys;
        this.values = values;
        this.size = size;
    }

    /// The same as it is now, whatever happens to either.
    Content copy() {
        return new Content(keys.clone(), values.clone(), size);
    }

    byte @Nullable [] get(byte[] key) {
        int at = find(key);
        return at < 0 ? null : values[at];
    }

    /// Returns the value that was there before.
    byte @Nullable [] put(byte[] key, byte[] value) {
        int at = find(key);
        if (at < 0) {
            insert(-at - 1, key, value);
            return null;
        }
        byte[] before = values[at];
        values[at] = value;
        return before;
    }

    private void insert(int at, byte[] key, byte[] value) {
        if (size == keys.length) {
            keys = Arrays.copyOf(keys, 2 * size);
            values = Arrays.copyOf(values, 2 * size);
        }
        System.arraycopy(keys, at, keys, at + 1, size - at);
        System.arraycopy(values, at, values, at + 1, size - at);
        keys[at] = key;
        values[at] = value;
        size++;
    }

    /// Returns the value that was there.
    byte @Nullable [] remove(byte[] key) {
        int at = find(key);
        if (at < 0) {
            return null;
        }
        byte[] before = values[at];
        close(at, at + 1);
        return before;
    }

    /// Removes the keys from `from` up to before `to`.
    void removeRange(byte[] from, byte[] to) {
        close(begin(from), begin(to));
    }

    private void close(int from, int to) {
        int removed = Math.max(0, to - from);
        System.arraycopy(keys, from + removed, keys, from, size - from - removed);
        System.arraycopy(values, from + removed, values, from, size - from - removed);
        Arrays.fill(keys, size - removed, size, null);
        Arrays.fill(values, size - removed, size, null);
        size -= removed;
    }

    /// Visits the keys from `from` up to before `to`, or to the end.
    void scan(byte[] from, byte @Nullable [] to, Store.Visitor visitor) {
        int end = to == null ? size : begin(to);
        for (int at = begin(from); at < end; at++) {
            if (!visitor.visit(keys[at], values[at])) {
                return;
            }
        }
    }

    /// Where the first key is that is not before this one.
    private int begin(byte[] key) {
        int at = find(key);
        return at < 0 ? -at - 1 : at;
    }

    /// Where a key is; where it would be, as `-at - 1`, if it is not there.
    private int find(byte[] key) {
        return Arrays.binarySearch(keys, 0, size, key, Arrays::compareUnsigned);
    }
}
