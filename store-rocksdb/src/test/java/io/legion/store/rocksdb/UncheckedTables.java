package io.legion.store.rocksdb;

import io.legion.store.rocksdb.engine.NativeLibrary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.ChecksumType;
import org.rocksdb.CompressionType;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/// A store whose tables have no checksums: what is damaged in one RocksDB meets as an entry that cannot be, and names
/// no table.
final class UncheckedTables {
    /// Between two values of one block is only the head of the second entry.
    private static final int MOST_HEAD = 16;

    private UncheckedTables() {}

    /// One that was left open, and damaged since.
    static Path damaged(Path home) throws IOException, RocksDBException {
        var directory = StoreFiles.killed(home);
        var engine = directory.resolve("rocksdb");
        NativeLibrary.load(Files.createTempDirectory(home, "native"));
        var tables = new BlockBasedTableConfig().setChecksumType(ChecksumType.kNoChecksum);
        try (var options =
                        new Options().setTableFormatConfig(tables).setCompressionType(CompressionType.NO_COMPRESSION);
                var db = RocksDB.open(options, engine.toString())) {
            for (int i = 0; i < StoreFiles.RECORDS; i++) {
                db.put(StoreFiles.key(i), StoreFiles.value(i));
            }
            db.compactRange();
        }
        spoil(StoreFiles.all(directory, ".sst").getFirst());
        return directory;
    }

    private static void spoil(Path table) throws IOException {
        byte[] bytes = Files.readAllBytes(table);
        int record = StoreFiles.RECORDS / 2;
        int end = find(bytes, record, 0) + StoreFiles.BYTES;
        int next = find(bytes, record + 1, end);
        while (next - end > MOST_HEAD) {
            record++;
            end = next + StoreFiles.BYTES;
            next = find(bytes, record + 1, end);
        }
        Arrays.fill(bytes, end, next, (byte) 0xff);
        Files.write(table, bytes);
    }

    private static int find(byte[] bytes, int record, int from) {
        byte[] value = StoreFiles.value(record);
        for (int at = from; at <= bytes.length - value.length; at++) {
            if (Arrays.equals(bytes, at, at + value.length, value, 0, value.length)) {
                return at;
            }
        }
        throw new AssertionError("the record " + record + " is not in the table");
    }
}
