package io.legion.memory;

import io.legion.spi.Store;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The entries themselves.
final class TreeLeaf implements TreeNode {
    private static final int ROOM = MAX_SIZE + 1;

    private final Edit edit;
    private final byte[][] keys;
    private final byte[][] values;
    private int size;
    private long bytes;

    TreeLeaf(Edit edit) {
        this(edit, new byte[ROOM][], new byte[ROOM][], 0, 0);
    }

    private TreeLeaf(Edit edit, byte[][] keys, byte[][] values, int size, long bytes) {
        this.edit = edit;
        this.keys = keys;
        this.values = values;
        this.size = size;
        this.bytes = bytes;
    }

    @Override
    public long bytes() {
        return bytes;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public byte @Nullable [] get(byte[] key) {
        int index = TreeNode.search(keys, 0, size, key);
        return index < 0 ? null : values[index];
    }

    @Override
    public boolean scan(byte[] from, byte @Nullable [] to, Store.Visitor visitor) {
        for (int i = indexOf(from); i < size; i++) {
            if ((to != null && Arrays.compareUnsigned(keys[i], to) >= 0) || !visitor.visit(keys[i], values[i])) {
                return false;
            }
        }
        return true;
    }

    @Override
    public TreeNode put(Edit by, byte[] key, byte[] value) {
        int index = TreeNode.search(keys, 0, size, key);
        var leaf = editable(by);
        if (index < 0) {
            leaf.insert(-index - 1, key, value);
        } else {
            leaf.bytes += value.length - values[index].length;
            leaf.values[index] = value;
        }
        return leaf;
    }

    private void insert(int at, byte[] key, byte[] value) {
        TreeNode.open(keys, size, at);
        TreeNode.open(values, size, at);
        keys[at] = key;
        values[at] = value;
        size++;
        bytes += key.length + value.length;
    }

    @Override
    public TreeNode without(Edit by, byte[] from, byte[] to) {
        int begin = indexOf(from);
        int end = Math.max(begin, indexOf(to));
        if (begin == end) {
            return this;
        }
        var leaf = editable(by);
        leaf.bytes -= total(keys, begin, end) + total(values, begin, end);
        TreeNode.close(leaf.keys, size, begin, end);
        TreeNode.close(leaf.values, leaf.size, begin, end);
        leaf.size -= end - begin;
        return leaf;
    }

    @Override
    public TreeNode part(Edit by, int begin, int end) {
        var part = new TreeLeaf(by);
        System.arraycopy(keys, begin, part.keys, 0, end - begin);
        System.arraycopy(values, begin, part.values, 0, end - begin);
        part.size = end - begin;
        part.bytes = total(keys, begin, end) + total(values, begin, end);
        return part;
    }

    @Override
    public byte[] lowerBound() {
        return keys[0];
    }

    /// Compares edits by identity: nothing else makes two the same.
    @SuppressWarnings("ReferenceEquality")
    private TreeLeaf editable(Edit by) {
        return edit == by ? this : new TreeLeaf(by, keys.clone(), values.clone(), size, bytes);
    }

    /// The index of the first key that is not below `bound`.
    private int indexOf(byte[] bound) {
        int index = TreeNode.search(keys, 0, size, bound);
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
