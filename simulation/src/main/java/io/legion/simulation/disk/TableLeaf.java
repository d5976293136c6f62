package io.legion.simulation.disk;

import io.legion.spi.Store;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A part of an [OrderedTable]: a few keys in their order, with their values.
final class TableLeaf {
    private static final int MOST = 64;

    private final byte[][] keys;
    private final byte[][] values;
    private int size;

    /// Where the last lookup ended: the next key often comes right after it.
    private int last;

    /// An empty leaf.
    TableLeaf() {
        this(new byte[MOST][], new byte[MOST][], 0);
    }

    private TableLeaf(byte[][] keys, byte[][] values, int size) {
        this.keys = keys;
        this.values = values;
        this.size = size;
    }

    /// A copy; a change of either leaves the other as it is.
    TableLeaf copy() {
        return new TableLeaf(keys.clone(), values.clone(), size);
    }

    boolean isEmpty() {
        return size == 0;
    }

    /// True if it must be split before anything can be put into it.
    boolean isFull() {
        return size == MOST;
    }

    /// The first key; there must be one.
    byte[] first() {
        return keys[0];
    }

    /// Moves the later half into a leaf of its own.
    TableLeaf split() {
        int half = size / 2;
        var later = new TableLeaf(new byte[MOST][], new byte[MOST][], size - half);
        System.arraycopy(keys, half, later.keys, 0, later.size);
        System.arraycopy(values, half, later.values, 0, later.size);
        close(half, size);
        last = 0;
        return later;
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
    ///
    /// @return false if the visitor wants no more
    boolean scan(byte[] from, byte @Nullable [] to, Store.Visitor visitor) {
        int end = to == null ? size : begin(to);
        for (int at = begin(from); at < end; at++) {
            if (!visitor.visit(keys[at], values[at])) {
                return false;
            }
        }
        return true;
    }

    /// Where the first key stands that is not before this one.
    private int begin(byte[] key) {
        int at = find(key);
        return at < 0 ? -at - 1 : at;
    }

    /// Where a key is; if it is not there, where it would be, as `-at - 1`.
    private int find(byte[] key) {
        int after = last + 1;
        boolean isAfter = after <= size && isBefore(last, key);
        int low = isAfter ? after : 0;
        int high = isAfter && after < size && !isBefore(after, key) ? after : size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            boolean isBefore = isBefore(middle, key);
            low = isBefore ? middle + 1 : low;
            high = isBefore ? high : middle;
        }
        last = low;
        return low < size && Arrays.equals(keys[low], key) ? low : -low - 1;
    }

    private boolean isBefore(int at, byte[] key) {
        return Arrays.compareUnsigned(keys[at], key) < 0;
    }
}
