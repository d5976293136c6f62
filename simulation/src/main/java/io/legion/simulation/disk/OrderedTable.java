package io.legion.simulation.disk;

import io.legion.spi.Store;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Values by keys, in the order of the keys: a list of leaves, so that an insertion moves little.
final class OrderedTable {
    private final List<TableLeaf> leaves = new ArrayList<>();

    /// The leaf used last: the next key is often in it too.
    private int last;

    /// An empty table.
    OrderedTable() {
        leaves.add(new TableLeaf());
    }

    /// A copy; a change of either leaves the other as it is.
    OrderedTable copy() {
        var copy = new OrderedTable();
        copy.leaves.clear();
        leaves.forEach(leaf -> copy.leaves.add(leaf.copy()));
        return copy;
    }

    byte @Nullable [] get(byte[] key) {
        return leaves.get(find(key)).get(key);
    }

    /// Returns the value that was there before.
    byte @Nullable [] put(byte[] key, byte[] value) {
        int at = find(key);
        TableLeaf leaf = leaves.get(at);
        if (leaf.isFull()) {
            leaves.add(at + 1, leaf.split());
            leaf = leaves.get(find(key));
        }
        return leaf.put(key, value);
    }

    /// Returns the value that was there.
    byte @Nullable [] remove(byte[] key) {
        int at = find(key);
        byte[] before = leaves.get(at).remove(key);
        dropIfEmpty(at);
        return before;
    }

    /// Removes the keys from `from` up to before `to`.
    void removeRange(byte[] from, byte[] to) {
        int first = find(from);
        for (int at = find(to); at >= first; at--) {
            leaves.get(at).removeRange(from, to);
            dropIfEmpty(at);
        }
    }

    private void dropIfEmpty(int at) {
        if (leaves.get(at).isEmpty() && leaves.size() > 1) {
            leaves.remove(at);
            last = 0;
        }
    }

    /// Visits the keys from `from` up to before `to`, or to the end.
    ///
    /// @return false if the visitor wants no more
    boolean scan(byte[] from, byte @Nullable [] to, Store.Visitor visitor) {
        int end = to == null ? leaves.size() - 1 : find(to);
        for (int at = find(from); at <= end; at++) {
            if (!leaves.get(at).scan(from, to, visitor)) {
                return false;
            }
        }
        return true;
    }

    /// The leaf to which a key belongs; the first one for a key before all others.
    private int find(byte[] key) {
        if (!isIn(last, key)) {
            int low = 0;
            for (int high = leaves.size() - 1; low < high; ) {
                int middle = (low + high + 1) >>> 1;
                boolean isBefore =
                        Arrays.compareUnsigned(key, leaves.get(middle).first()) < 0;
                low = isBefore ? low : middle;
                high = isBefore ? middle - 1 : high;
            }
            last = low;
        }
        return last;
    }

    private boolean isIn(int at, byte[] key) {
        return (at == 0 || Arrays.compareUnsigned(key, leaves.get(at).first()) >= 0)
                && (at == leaves.size() - 1
                        || Arrays.compareUnsigned(key, leaves.get(at + 1).first()) < 0);
    }
}
