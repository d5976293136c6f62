package io.legion.simulation.disk;

import io.legion.spi.Store;
import org.jspecify.annotations.Nullable;

/// The content of a simulated disk: values by keys, in the order of the keys. The first byte of a key names its
/// kind, and each kind has its own table: what changes with every request is looked up among its like.
final class Content {
    private static final int KINDS = 1 << Byte.SIZE;

    private final @Nullable OrderedTable[] tables = new @Nullable OrderedTable[KINDS];

    /// A copy; a change of either leaves the other as it is.
    Content copy() {
        var copy = new Content();
        for (int kind = 0; kind < KINDS; kind++) {
            OrderedTable table = tables[kind];
            copy.tables[kind] = table == null ? null : table.copy();
        }
        return copy;
    }

    byte @Nullable [] get(byte[] key) {
        OrderedTable table = tables[kind(key)];
        return table == null ? null : table.get(key);
    }

    /// Returns the value that was there before.
    byte @Nullable [] put(byte[] key, byte[] value) {
        int kind = kind(key);
        OrderedTable table = tables[kind];
        if (table == null) {
            table = new OrderedTable();
            tables[kind] = table;
        }
        return table.put(key, value);
    }

    /// Returns the value that was there.
    byte @Nullable [] remove(byte[] key) {
        OrderedTable table = tables[kind(key)];
        return table == null ? null : table.remove(key);
    }

    /// Removes the keys from `from` up to before `to`.
    void removeRange(byte[] from, byte[] to) {
        for (int kind = kind(from); kind <= kind(to); kind++) {
            OrderedTable table = tables[kind];
            if (table != null) {
                table.removeRange(from, to);
            }
        }
    }

    /// Visits the keys from `from` up to before `to`, or to the end.
    void scan(byte[] from, byte @Nullable [] to, Store.Visitor visitor) {
        int end = to == null ? KINDS - 1 : kind(to);
        for (int kind = kind(from); kind <= end; kind++) {
            OrderedTable table = tables[kind];
            if (table != null && !table.scan(from, to, visitor)) {
                return;
            }
        }
    }

    /// The empty bound is before all keys.
    private static int kind(byte[] key) {
        return key.length == 0 ? 0 : key[0] & 0xff;
    }
}
