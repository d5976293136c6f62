package io.legion.runtime;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Children, and for each a key that is not above its own keys and above all those of the child before.
final class TreeBranch implements TreeNode {

    private final byte[][] bounds;
    private final TreeNode[] children;
    private final long bytes;

    private TreeBranch(byte[][] bounds, TreeNode[] children, long bytes) {
        this.bounds = bounds;
        this.children = children;
        this.bytes = bytes;
    }

    @Override
    public long bytes() {
        return bytes;
    }

    static TreeBranch of(TreeNode... children) {
        byte[][] bounds = new byte[children.length][];
        long bytes = 0;
        for (int i = 0; i < children.length; i++) {
            bounds[i] = children[i].lowerBound();
            bytes += children[i].bytes();
        }
        return new TreeBranch(bounds, children, bytes);
    }

    TreeNode onlyChild() {
        return children.length == 0 ? TreeNode.empty() : children[0];
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
        return new TreeBranch(
                TreeNode.inserted(bounds, at + 1, right.lowerBound()),
                TreeNode.inserted(split.children, at + 1, right),
                split.bytes + right.bytes());
    }

    @Override
    public TreeNode without(byte[] from, byte[] to) {
        int first = childOf(from);
        int last = childOf(to);
        var node = this;
        for (int i = last; i >= first; i--) {
            boolean inner = i > first && i < last;
            var child = inner ? TreeNode.empty() : children[i].without(from, to);
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
        return new TreeBranch(Arrays.copyOfRange(bounds, begin, end), part, total);
    }

    @Override
    public byte[] lowerBound() {
        return bounds[0];
    }

    private TreeBranch with(int at, TreeNode child) {
        var changed = children.clone();
        changed[at] = child;
        return new TreeBranch(bounds, changed, bytes - children[at].bytes() + child.bytes());
    }

    private TreeBranch dropped(int at) {
        return new TreeBranch(
                TreeNode.removed(bounds, at, at + 1),
                TreeNode.removed(children, at, at + 1),
                bytes - children[at].bytes());
    }

    /// The child that has the key, if any has. The first bound counts as below everything.
    private int childOf(byte[] key) {
        int index = Arrays.binarySearch(bounds, 1, bounds.length, key, Arrays::compareUnsigned);
        return index < 0 ? -index - 2 : index;
    }
}
