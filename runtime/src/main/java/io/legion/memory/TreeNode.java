package io.legion.memory;

import io.legion.spi.Store;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// An ordered map in the form of a B+ tree that is cheap to change and cheap to freeze.
///
/// Every node belongs to an *edit*. A change under the node's own edit is made in place; under another one it copies
/// the nodes on one path and shares the rest (the transients of Clojure's collections). So a root is frozen for ever by
/// going on under a new edit: from then on a reader of the old root needs no lock and sees one version, while the
/// writer copies each node once.
///
/// Nodes are not merged when they shrink; one that is empty is dropped. A change may return a node of
/// `MAX_SIZE + 1`, which whoever holds it must split.
sealed interface TreeNode permits TreeLeaf, TreeBranch {

    int MAX_SIZE = 32;

    /// Under which nodes are changed in place. Compared by identity.
    final class Edit {}

    /// The empty tree.
    static TreeNode empty(Edit edit) {
        return new TreeLeaf(edit);
    }

    /// Entries of a leaf, children of a branch.
    int size();

    /// The bytes of all keys and values below.
    long bytes();

    byte @Nullable [] get(byte[] key);

    /// Returns false when the visitor did.
    boolean scan(byte[] from, byte @Nullable [] to, Store.Visitor visitor);

    TreeNode put(Edit edit, byte[] key, byte[] value);

    /// Without the keys from `from` (inclusive) to `to` (exclusive); this very node if there are none; perhaps
    /// empty.
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

    /// Where a key stands among the first `size` of sorted keys, from `begin`; if it is not there, `-(place + 1)` of
    /// where it would be.
    static int search(byte[][] keys, int begin, int size, byte[] key) {
        return Arrays.binarySearch(keys, begin, size, key, Arrays::compareUnsigned);
    }

    /// Room for one item at `at` among the first `size` of an array that has room for more.
    static void open(Object[] array, int size, int at) {
        System.arraycopy(array, at, array, at + 1, size - at);
    }

    /// Takes the items from `begin` to `end` out of the first `size`.
    static void close(Object[] array, int size, int begin, int end) {
        System.arraycopy(array, end, array, begin, size - end);
        Arrays.fill(array, size - (end - begin), size, null);
    }
}
