package io.legion.cluster.test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/// The largest table of a RocksDB store that is closed.
///
/// @param file the table
public record StoredTable(Path file) {
    /// Of the store in this directory.
    public static StoredTable largestOf(Path store) throws IOException {
        try (var files = Files.list(store.resolve("rocksdb"))) {
            return files.filter(file -> file.toString().endsWith(".sst"))
                    .max(Comparator.comparingLong(file -> file.toFile().length()))
                    .map(StoredTable::new)
                    .orElseThrow();
        }
    }

    /// Changes a bit in the middle, which is in a block of states.
    public void damage() throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 0x10;
        Files.write(file, bytes);
    }
}
