package io.legion.store.rocksdb.engine;

import java.util.Comparator;

/// A table of the engine. Later ones have higher numbers.
///
/// @param name of its file
/// @param size in bytes
public record EngineTable(String name, long size) implements Comparable<EngineTable> {
    public EngineTable {
        // The engine's list gives names with a slash before them.
        name = name.substring(name.lastIndexOf('/') + 1);
    }

    public long number() {
        return number(name);
    }

    /// The number in the name of a table.
    static long number(String name) {
        return Long.parseLong(name.substring(0, name.indexOf('.')));
    }

    @Override
    public int compareTo(EngineTable other) {
        return Comparator.comparingLong((EngineTable table) -> table.number())
                .thenComparing(EngineTable::name)
                .compare(this, other);
    }
}
