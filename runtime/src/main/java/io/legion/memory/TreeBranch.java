package io.legion.memory;

import io.legion.spi.Store;
import org.jspecify.annotations.Nullable;

/// Children, each with a bound: a key not above the child's own keys, and above all those of the child before.
final class TreeBranch implements TreeNode {
    private static final int ROOM = MAX_SIZE + 1;

    private final Edit edit;
    private final byte[][] bounds;
    private final TreeNode[] children;
    private int size;
    private long bytes;

    private TreeBranch(Edit edit, byte[][] bounds, TreeNode[] children, int size, long bytes) {
        this.edit = edit;
        this.bounds = bounds;
        this.children = children;
        this.size = size;
        this.bytes = bytes;
    }

    static TreeBranch of(Edit edit, TreeNode left, TreeNode right) {
        var branch = new TreeBranch(edit, new byte[ROOM][], new TreeNode[ROOM], 0, 0);
        branch.insert(0, left);
        branch.insert(1, right);
        return branch;
    }

    @Override
    public long bytes() {
        return bytes;
    }

    TreeNode onlyChild(Edit by) {
        return size == 0 ? TreeNode.empty(by) : children[0];
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public byte @Nullable [] get(byte[] key) {
        return children[childOf(key)].get(key);
    }

    @Override
    public boolean scan(byte[] from, byte @Nullable [] to, Store.Visitor visitor) {
        for (int i = childOf(from); i < size; i++) {
            if (!children[i].scan(from, to, visitor)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public TreeNode put(Edit by, byte[] key, byte[] value) {
        int at = childOf(key);
        var node = editable(by);
        long before = children[at].bytes();
        var child = children[at].put(by, key, value);
        node.bytes += child.bytes() - before;
        node.children[at] = child;
        if (child.size() > MAX_SIZE) {
            node.split(at, child);
        }
        return node;
    }

    private void split(int at, TreeNode child) {
        int half = child.size() / 2;
        bytes -= child.bytes();
        var left = child.part(edit, 0, half);
        children[at] = left;
        bytes += left.bytes();
        insert(at + 1, child.part(edit, half, child.size()));
    }

    @Override
    public TreeNode without(Edit by, byte[] from, byte[] to) {
        int first = childOf(from);
        int last = childOf(to);
        var node = this;
        for (int i = last; i >= first; i--) {
            long before = node.children[i].bytes();
            boolean inner = i > first && i < last;
            var child = inner ? TreeNode.empty(by) : node.children[i].without(by, from, to);
            node = node.replaced(by, i, child, before);
        }
        return node;
    }

    private TreeBranch replaced(Edit by, int at, TreeNode child, long before) {
        var node = editable(by);
        node.bytes += child.bytes() - before;
        node.children[at] = child;
        if (child.size() == 0) {
            TreeNode.close(node.bounds, node.size, at, at + 1);
            TreeNode.close(node.children, node.size, at, at + 1);
            node.size--;
        }
        return node;
    }

    @Override
    public TreeNode part(Edit by, int begin, int end) {
        var part = new TreeBranch(by, new byte[ROOM][], new TreeNode[ROOM], 0, 0);
        System.arraycopy(bounds, begin, part.bounds, 0, end - begin);
        System.arraycopy(children, begin, part.children, 0, end - begin);
        part.size = end - begin;
        for (int i = 0; i < part.size; i++) {
            part.bytes += part.children[i].bytes();
        }
        return part;
    }

    @Override
    public byte[] lowerBound() {
        return bounds[0];
    }

    private void insert(int at, TreeNode child) {
        TreeNode.open(bounds, size, at);
        TreeNode.open(children, size, at);
        bounds[at] = child.lowerBound();
        children[at] = child;
        size++;
        bytes += child.bytes();
    }

    /// Compares edits by identity: nothing else makes two the same.
    @SuppressWarnings("ReferenceEquality")
    private TreeBranch editable(Edit by) {
        return edit == by ? this : new TreeBranch(by, bounds.clone(), children.clone(), size, bytes);
    }

    /// The child that has the key, if any has. The first bound counts as below everything.
    private int childOf(byte[] key) {
        int index = TreeNode.search(bounds, 1, size, key);
        return index < 0 ? -index - 2 : index;
    }
}
