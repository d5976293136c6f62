package io.legion.cluster.test;

import io.legion.core.PartitionType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/// A table of a RocksDB store that is closed, and a place in it.
///
/// @param file the table
/// @param place the number of a byte
public record StoredTable(Path file, int place) {
    /// The middle of the largest table of the store in this directory.
    public static StoredTable middleOfLargest(Path store) throws IOException {
        Path largest = tables(store).getFirst();
        return new StoredTable(largest, (int) (Files.size(largest) / 2));
    }

    /// A block of states of this type, and nothing else, in the store in this directory.
    public static StoredTable withStatesOf(PartitionType<?> type, Path store) throws IOException {
        for (Path table : tables(store)) {
            String bytes = Files.readString(table, StandardCharsets.ISO_8859_1);
            // Mostly a block has only its first key in full. The first state may share its block with records of the
            // replicas, which come before.
            String key = keysOfStates(type);
            int second = bytes.indexOf(key, bytes.indexOf(key) + 1);
            if (second >= 0) {
                return new StoredTable(table, second);
            }
        }
        throw new IllegalStateException("no table has states yet: " + tables(store));
    }

    /// With which the keys of states in the shard 0 begin (see `ShardLayout`).
    private static String keysOfStates(PartitionType<?> type) {
        byte[] key = ByteBuffer.allocate(7)
                .put((byte) 's')
                .putShort((short) 0)
                .putInt(type.id())
                .array();
        return new String(key, StandardCharsets.ISO_8859_1);
    }

    /// The largest first.
    private static List<Path> tables(Path store) throws IOException {
        try (var files = Files.list(store.resolve("rocksdb"))) {
            return files.filter(file -> file.toString().endsWith(".sst"))
                    .sorted(Comparator.comparingLong(
                                    (Path file) -> file.toFile().length())
                            .reversed())
                    .toList();
        }
    }

    /// Changes a bit there: the whole block cannot be read any more.
    public void damage() throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[place] ^= 0x10;
        Files.write(file, bytes);
    }
}
