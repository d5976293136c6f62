package io.legion.store.rocksdb;

import io.legion.core.NodeId;
import io.legion.service.ByteSize;
import io.legion.service.RecordingLogger;
import io.legion.service.RecordingMonitor;
import io.legion.spi.Batch;
import io.legion.spi.Durability;
import io.legion.spi.StoreIdentity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;

/// Stores of records that do not compress, with a small buffer, so that they have some tables; and their files.
final class StoreFiles {
    static final StoreIdentity IDENTITY = identity(5);
    static final int RECORDS = 3_000;
    static final int BYTES = 1_000;

    /// Enough tables that the engine merges them all.
    static final int MORE = 12_000;

    private StoreFiles() {}

    static StoreIdentity identity(long node) {
        return new StoreIdentity(new UUID(1, 1), "files", new NodeId(node), 1, 8, new TreeMap<>());
    }

    static RocksDbStore.Config config(Path directory, boolean replaceDamaged) {
        return RocksDbStore.Config.of(directory)
                .withWriteBuffer(ByteSize.parse("1 MiB"))
                .withReplaceDamaged(replaceDamaged);
    }

    static RocksDbStore open(Path directory, boolean replaceDamaged) {
        return open(directory, replaceDamaged, RecordingLogger.open(new RecordingLogger.Config(1000)));
    }

    static RocksDbStore open(Path directory, boolean replaceDamaged, RecordingLogger logger) {
        return RocksDbStore.open(config(directory, replaceDamaged), logger.named("store"), RecordingMonitor.open());
    }

    /// Of records from 0 on.
    static void write(RocksDbStore store, int from, int to) {
        for (int i = from; i < to; i++) {
            store.write(new Batch().put(key(i), value(i)), Durability.HANDED_OVER);
        }
    }

    /// Records up to [#MORE]. Each table has keys before and behind all others, so that the engine cannot move it
    /// without reading it.
    static void writeAcross(RocksDbStore store) {
        for (int i = RECORDS; i < MORE; i += 500) {
            write(store, i, i + 500);
            store.write(
                    new Batch().put(new byte[] {0}, new byte[1]).put(new byte[] {2}, new byte[1]), Durability.FORCED);
        }
    }

    static byte[] value(int i) {
        var value = new byte[BYTES];
        new Random(i).nextBytes(value);
        return value;
    }

    static byte[] key(int i) {
        return new byte[] {1, (byte) (i >> 8), (byte) i};
    }

    /// A store that was closed.
    static Path closed(Path home) throws IOException {
        var directory = Files.createTempDirectory(home, "closed");
        try (var store = open(directory, false)) {
            store.identify(IDENTITY);
            write(store, 0, RECORDS);
        }
        return directory;
    }

    /// One whose largest table was damaged since.
    static Path damaged(Path home) throws IOException {
        var directory = closed(home);
        flip(all(directory, ".sst").getFirst());
        return directory;
    }

    /// What a kill leaves just after the floor was raised: tables, and a log.
    static Path killed(Path home) throws IOException {
        var directory = closed(home);
        var left = Files.createTempDirectory(home, "killed");
        Files.delete(left);
        try (var store = open(directory, false)) {
            write(store, RECORDS, RECORDS + 200);
            store.inside().raiseFloor();
            Trees.copy(directory, left);
        }
        return left;
    }

    static Path copy(Path store, Path home) throws IOException {
        var copy = Files.createTempDirectory(home, "copy").resolve("store");
        Trees.copy(store, copy);
        return copy;
    }

    /// The engine's files of a kind, the largest first.
    static List<Path> all(Path directory, String kind) {
        try (var files = Files.list(directory.resolve("rocksdb"))) {
            return files.filter(file -> String.valueOf(file.getFileName()).contains(kind))
                    .sorted(Comparator.comparingLong(
                                    (Path file) -> file.toFile().length())
                            .reversed())
                    .toList();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /// Flips a bit, in place.
    static void flip(Path file, long bit) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[(int) (bit / 8)] ^= (byte) (1 << (bit % 8));
        Files.write(file, bytes);
    }

    /// In the middle, which is in a block of records.
    static void flip(Path file) throws IOException {
        flip(file, Files.size(file) * 4);
    }
}
