package io.legion.runtime;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// An immutable ordered map in the form of a B+ tree: a change copies the nodes on one path and shares the
/// rest.
///
/// So a reader needs no lock, and a root is a consistent view for as long as somebody holds it. Nodes hold up
/// to [#MAX_SIZE] entries in arrays of exactly their number, which is lean: an entry costs two references, and
/// its own two arrays. Nodes are not merged when they shrink; one that is empty is dropped.
///
/// A change may return a node of `MAX_SIZE + 1`, which whoever holds it must split.
sealed interface TreeNode {

    /// Few, since every change copies a node on each level.
    int MAX_SIZE = 16;

    /// The empty tree.
    static TreeNode empty() {
        return new Leaf(new byte[0][], new byte[0][], 0);
    }

    /// Entries of a leaf, children of a branch.
    int size();

    /// The bytes of all keys and values below.
    long bytes();

    byte @Nullable [] get(byte[] key);

    /// Returns false when the visitor did.
    boolean scan(byte[] from, byte @Nullable [] to, Store.Visitor visitor);

    TreeNode put(byte[] key, byte[] value);

    /// Without the keys from `from` (inclusive) to `to` (exclusive); this very node if there are none; perhaps
    /// empty.
    TreeNode without(byte[] from, byte[] to);

    /// The part from entry `begin` up to entry `end`.
    TreeNode part(int begin, int end);

    /// A key not above any key below, and above every key before.
    byte[] lowerBound();

    /// The tree with a root of proper size.
    default TreeNode asRoot() {
        if (size() > MAX_SIZE) {
            return Branch.of(part(0, size() / 2), part(size() / 2, size()));
        }
        return this instanceof Branch branch && size() <= 1 ? branch.onlyChild().asRoot() : this;
    }

    /// Entries themselves.
    record Leaf(byte[][] keys, byte[][] values, long bytes) implements TreeNode {

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
                return new Leaf(
                        inserted(keys, at, key), inserted(values, at, value), bytes + key.length + value.length);
            }
            byte[][] changed = values.clone();
            changed[index] = value;
            return new Leaf(keys, changed, bytes - values[index].length + value.length);
        }

        @Override
        public TreeNode without(byte[] from, byte[] to) {
            int begin = indexOf(from);
            int end = Math.max(begin, indexOf(to));
            if (begin == end) {
                return this;
            }
            return new Leaf(
                    removed(keys, begin, end),
                    removed(values, begin, end),
                    bytes - total(keys, begin, end) - total(values, begin, end));
        }

        @Override
        public TreeNode part(int begin, int end) {
            return new Leaf(
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

    /// Children, and for each a key that is not above its own keys and above all those of the child before.
    record Branch(byte[][] bounds, TreeNode[] children, long bytes) implements TreeNode {

        static Branch of(TreeNode... children) {
            byte[][] bounds = new byte[children.length][];
            long bytes = 0;
            for (int i = 0; i < children.length; i++) {
                bounds[i] = children[i].lowerBound();
                bytes += children[i].bytes();
            }
            return new Branch(bounds, children, bytes);
        }

        TreeNode onlyChild() {
            return children.length == 0 ? empty() : children[0];
        }

        @Override
        public int size() {
            return children.length;
        }

        @Override
        public byte @Nullable [] get(byte[] key) {
            return children[childOf(key)].get(key);
        }

        @Override
        public boolean scan(byte[] from, byte @Nullable [] to, Store.Visitor visitor) {
            for (int i = childOf(from); i < children.length; i++) {
                if (!children[i].scan(from, to, visitor)) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public TreeNode put(byte[] key, byte[] value) {
            int at = childOf(key);
            var child = children[at].put(key, value);
            if (child.size() <= MAX_SIZE) {
                return with(at, child);
            }
            int half = child.size() / 2;
            var right = child.part(half, child.size());
            var split = with(at, child.part(0, half));
            return new Branch(
                    inserted(bounds, at + 1, right.lowerBound()),
                    inserted(split.children, at + 1, right),
                    split.bytes + right.bytes());
        }

        @Override
        public TreeNode without(byte[] from, byte[] to) {
            int first = childOf(from);
            int last = childOf(to);
            var node = this;
            for (int i = last; i >= first; i--) {
                boolean inner = i > first && i < last;
                var child = inner ? empty() : children[i].without(from, to);
                node = child.size() == 0 ? node.dropped(i) : node.with(i, child);
            }
            return node;
        }

        @Override
        public TreeNode part(int begin, int end) {
            var part = Arrays.copyOfRange(children, begin, end);
            long total = 0;
            for (var child : part) {
                total += child.bytes();
            }
            return new Branch(Arrays.copyOfRange(bounds, begin, end), part, total);
        }

        @Override
        public byte[] lowerBound() {
            return bounds[0];
        }

        private Branch with(int at, TreeNode child) {
            if (children[at] == child) {
                return this;
            }
            var changed = children.clone();
            changed[at] = child;
            return new Branch(bounds, changed, bytes - children[at].bytes() + child.bytes());
        }

        private Branch dropped(int at) {
            return new Branch(removed(bounds, at, at + 1), removed(children, at, at + 1), bytes - children[at].bytes());
        }

        /// The child that has the key, if any has. The first bound counts as below everything.
        private int childOf(byte[] key) {
            int index = Arrays.binarySearch(bounds, 1, bounds.length, key, Arrays::compareUnsigned);
            return index < 0 ? -index - 2 : index;
        }
    }

    private static <T> T[] inserted(T[] array, int at, T item) {
        var copy = Arrays.copyOf(array, array.length + 1);
        System.arraycopy(array, at, copy, at + 1, array.length - at);
        copy[at] = item;
        return copy;
    }

    private static <T> T[] removed(T[] array, int begin, int end) {
        var copy = Arrays.copyOf(array, array.length - (end - begin));
        System.arraycopy(array, end, copy, begin, array.length - end);
        return copy;
    }
}
