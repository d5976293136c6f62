package io.legion.memory;

import io.legion.spi.Store;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// An ordered map in the form of a B+ tree that is cheap to change and cheap to freeze.
///
/// Every node belongs to an *edit*. A change under the node's own edit happens in place; one under another edit
/// copies the nodes on one path and shares the rest (the transients of Clojure's collections). So a writer
/// freezes a root for ever by going on under a new edit: a reader of the old root needs no lock and sees one
/// version, while the writer copies each node once.
///
/// Nodes do not merge when they shrink; an empty one goes. A change may return a node of `MAX_SIZE + 1`, which
/// its holder must split.
sealed interface TreeNode permits TreeLeaf, TreeBranch {

    int MAX_SIZE = 32;

    /// Nodes of this edit change in place under it. Compared by identity.
    final class Edit {}

    /// The empty tree.
    static TreeNode empty(Edit edit) {
        return new TreeLeaf(edit);
    }

    /// The number of entries of a leaf, of children of a branch.
    int size();

    /// The bytes of all keys and values below.
    long bytes();

    byte @Nullable [] get(byte[] key);

    /// Returns false when the scan is over: at `to`, or because the visitor returned false.
    boolean scan(byte[] from, byte @Nullable [] to, Store.Visitor visitor);

    TreeNode put(Edit edit, byte[] key, byte[] value);

    /// The node without the keys from `from` (inclusive) to `to` (exclusive); perhaps empty. A leaf without
    /// such keys returns itself.
    TreeNode without(Edit edit, byte[] from, byte[] to);

    /// The part from entry `begin` up to entry `end`, as a new node.
    TreeNode part(Edit edit, int begin, int end);

    /// A key not above any key below, and above every key before.
    byte[] lowerBound();

    /// The tree with a root of proper size.
    default TreeNode asRoot(Edit edit) {
        if (size() > MAX_SIZE) {
            return TreeBranch.of(edit, part(edit, 0, size() / 2), part(edit, size() / 2, size()));
        }
        return this instanceof TreeBranch branch && size() <= 1
                ? branch.onlyChild(edit).asRoot(edit)
                : this;
    }

    /// Where a key stands among the first `size` of sorted keys, from `begin`. A key that is not there gives
    /// `-(place + 1)`, with the place where it would be.
    static int search(byte[][] keys, int begin, int size, byte[] key) {
        return Arrays.binarySearch(keys, begin, size, key, Arrays::compareUnsigned);
    }

    /// Makes room for one item at `at` among the first `size` of an array that has room for more.
    static void open(Object[] array, int size, int at) {
        System.arraycopy(array, at, array, at + 1, size - at);
    }

    /// Takes the items from `begin` to `end` out of the first `size`.
    static void close(Object[] array, int size, int begin, int end) {
        System.arraycopy(array, end, array, begin, size - end);
        Arrays.fill(array, size - (end - begin), size, null);
    }
}
