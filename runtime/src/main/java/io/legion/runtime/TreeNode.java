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
sealed interface TreeNode permits TreeLeaf, TreeBranch {

    /// Few, since every change copies a node on each level.
    int MAX_SIZE = 16;

    /// The empty tree.
    static TreeNode empty() {
        return new TreeLeaf(new byte[0][], new byte[0][], 0);
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
            return TreeBranch.of(part(0, size() / 2), part(size() / 2, size()));
        }
        return this instanceof TreeBranch branch && size() <= 1
                ? branch.onlyChild().asRoot()
                : this;
    }

    /// A copy with `item` at `at`.
    static <T> T[] inserted(T[] array, int at, T item) {
        var copy = Arrays.copyOf(array, array.length + 1);
        System.arraycopy(array, at, copy, at + 1, array.length - at);
        copy[at] = item;
        return copy;
    }

    /// A copy without the items from `begin` to `end`.
    static <T> T[] removed(T[] array, int begin, int end) {
        var copy = Arrays.copyOf(array, array.length - (end - begin));
        System.arraycopy(array, end, copy, begin, array.length - end);
        return copy;
    }
}
