package io.legion.memory;

import static java.util.Objects.requireNonNull;

import io.legion.spi.Store;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a scan sees: a frozen tree and copies of the entries of logs in its range, merged in one order.
///
/// @param entries in the order of their keys
record MemoryVersion(TreeNode tree, List<MemoryEntry> entries) {
    void scan(byte[] from, byte @Nullable [] to, Store.Visitor visitor) {
        if (entries.isEmpty()) {
            tree.scan(from, to, visitor);
            return;
        }
        var both = new Both(visitor);
        tree.scan(from, to, both);
        both.showBelow(null);
    }

    /// Shows the entries between the keys of the tree.
    private final class Both implements Store.Visitor {
        private final Store.Visitor visitor;
        private int next;
        private boolean goesOn = true;

        Both(Store.Visitor visitor) {
            this.visitor = visitor;
        }

        @Override
        public boolean visit(byte[] key, byte[] value) {
            showBelow(key);
            goesOn = goesOn && visitor.visit(key, value);
            return goesOn;
        }

        /// Shows those below a key; for null, all that are left.
        void showBelow(byte @Nullable [] key) {
            while (goesOn && next < entries.size() && isBelow(entries.get(next).key, key)) {
                var entry = entries.get(next++);
                goesOn = visitor.visit(entry.key, requireNonNull(entry.value, "a version holds what is there"));
            }
        }

        private static boolean isBelow(byte[] entry, byte @Nullable [] key) {
            return key == null || Arrays.compareUnsigned(entry, key) < 0;
        }
    }
}
