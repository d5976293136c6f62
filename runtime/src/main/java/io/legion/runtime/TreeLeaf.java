package io.legion.runtime;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Entries themselves.
final class TreeLeaf implements TreeNode {

    private final byte[][] keys;
    private final byte[][] values;
    private final long bytes;

    TreeLeaf(byte[][] keys, byte[][] values, long bytes) {
        this.keys = keys;
        this.values = values;
        this.bytes = bytes;
    }

    @Override
    public long bytes() {
        return bytes;
    }

    @Override
    public int size() {
        return keys.length;
    }

    @Override
    public byte @Nullable [] get(byte[] key) {
        int index = Arrays.binarySearch(keys, key, Arrays::compareUnsigned);
        return index < 0 ? null : values[index];
    }

    @Override
    public boolean scan(byte[] from, byte @Nullable [] to, Store.Visitor visitor) {
        for (int i = indexOf(from); i < keys.length; i++) {
            if ((to != null && Arrays.compareUnsigned(keys[i], to) >= 0) || !visitor.visit(keys[i], values[i])) {
                return false;
            }
        }
        return true;
    }

    @Override
    public TreeNode put(byte[] key, byte[] value) {
        int index = Arrays.binarySearch(keys, key, Arrays::compareUnsigned);
        if (index < 0) {
            int at = -index - 1;
            return new TreeLeaf(
                    TreeNode.inserted(keys, at, key),
                    TreeNode.inserted(values, at, value),
                    bytes + key.length + value.length);
        }
        byte[][] changed = values.clone();
        changed[index] = value;
        return new TreeLeaf(keys, changed, bytes - values[index].length + value.length);
    }

    @Override
    public TreeNode without(byte[] from, byte[] to) {
        int begin = indexOf(from);
        int end = Math.max(begin, indexOf(to));
        if (begin == end) {
            return this;
        }
        return new TreeLeaf(
                TreeNode.removed(keys, begin, end),
                TreeNode.removed(values, begin, end),
                bytes - total(keys, begin, end) - total(values, begin, end));
    }

    @Override
    public TreeNode part(int begin, int end) {
        return new TreeLeaf(
                Arrays.copyOfRange(keys, begin, end),
                Arrays.copyOfRange(values, begin, end),
                total(keys, begin, end) + total(values, begin, end));
    }

    @Override
    public byte[] lowerBound() {
        return keys[0];
    }

    /// The index of the first key that is not below `bound`.
    private int indexOf(byte[] bound) {
        int index = Arrays.binarySearch(keys, bound, Arrays::compareUnsigned);
        return index < 0 ? -index - 1 : index;
    }

    private static long total(byte[][] arrays, int begin, int end) {
        long total = 0;
        for (int i = begin; i < end; i++) {
            total += arrays[i].length;
        }
        return total;
    }
}
