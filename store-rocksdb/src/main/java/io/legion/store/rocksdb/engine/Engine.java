package io.legion.store.rocksdb.engine;

import io.legion.service.Logger;
import io.legion.spi.Durability;
import io.legion.store.rocksdb.RocksDbStore;
import io.legion.store.rocksdb.files.StoreExtent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.rocksdb.AbstractNativeReference;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.FlushOptions;
import org.rocksdb.MutableColumnFamilyOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.SstFileReader;
import org.rocksdb.Status;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/// An opened RocksDB with all that must be released after it.
///
/// A call into it after [#close()] would end the process: the [io.legion.service.CallGate] of the store prevents that.
public final class Engine implements AutoCloseable {

    private final Path path;
    private final long writeBuffer;
    private final EngineOptions options;
    private final List<AbstractNativeReference> owned = new ArrayList<>();
    private final Set<EngineScan> scans = ConcurrentHashMap.newKeySet();
    private final RocksDB db;
    private final WriteOptions unlogged;
    private final WriteOptions logged;
    private final WriteOptions forced;

    /// Whether it has merged tables at any time: then damage that it met there may have stopped it.
    private volatile boolean merged;

    private volatile boolean merges;

    private Engine(RocksDbStore.Config config, Path path, boolean create, boolean clean, boolean merges)
            throws RocksDBException {
        this.path = path;
        this.merged = merges;
        this.merges = merges;
        writeBuffer = config.writeBuffer().bytes();
        options = new EngineOptions(config, clean);
        try {
            db = own(RocksDB.open(
                    own(options.create()).setCreateIfMissing(create).setDisableAutoCompactions(!merges),
                    path.toString()));
            unlogged = own(new WriteOptions()).setDisableWAL(true);
            logged = own(new WriteOptions());
            forced = own(new WriteOptions()).setSync(true);
        } catch (RocksDBException | RuntimeException failed) {
            release();
            throw failed;
        }
    }

    /// Begins a new one, or opens the one that is there, after [#readOnce].
    public static Engine open(RocksDbStore.Config config, Path path, boolean create, boolean clean)
            throws RocksDBException {
        return OpeningTraces.without(path, () -> new Engine(config, path, create, clean, true));
    }

    /// Opens one that has damaged tables, which it must not merge into others.
    public static Engine openDamaged(RocksDbStore.Config config, Path path, boolean clean) throws RocksDBException {
        return OpeningTraces.without(path, () -> new Engine(config, path, false, clean, false));
    }

    /// A start that finds damage halfway has already written: it has rolled logs, flushed what it replayed,
    /// begun a new manifest. So the engine first reads everything without writing, and opens for writing only
    /// what it found whole.
    ///
    /// @return the number of the last change
    public static long readOnce(RocksDbStore.Config config, Path path, boolean clean, Logger logger)
            throws RocksDBException {
        requireLog(path);
        try (var options = new EngineOptions(config, clean);
                var quiet = new EngineLog(logger);
                var reader = options.create().setLogger(quiet);
                var reading = RocksDB.openReadOnly(reader, path.toString())) {
            return reading.getLatestSequenceNumber();
        }
    }

    /// RocksDB takes a missing log for one that it needs no more. There always is one, if only an empty one.
    private static void requireLog(Path path) throws RocksDBException {
        try {
            if (Logs.all(path).isEmpty()) {
                throw new RocksDBException(new Status(
                        Status.Code.Corruption,
                        Status.SubCode.None,
                        "the write-ahead log (*.log) is missing in " + path));
            }
        } catch (IOException unreadable) {
            throw new RocksDBException(path + " cannot be read: " + unreadable);
        }
    }

    public byte @Nullable [] get(byte[] key) throws RocksDBException {
        return db.get(key);
    }

    /// Begins to read the keys from one key on, up to another one if there is one. It ends at the latest when the
    /// engine closes.
    public EngineScan scan(byte[] from, byte @Nullable [] to) {
        var scan = new EngineScan(db, from, to, scans::remove);
        scans.add(scan);
        return scan;
    }

    public void write(WriteBatch changes, Durability durability) throws RocksDBException {
        var mode = switch (durability) {
            case MEMORY -> unlogged;
            case HANDED_OVER -> logged;
            case FORCED -> forced;
        };
        db.write(mode, changes);
    }

    public Path path() {
        return path;
    }

    public boolean hasMerged() {
        return merged;
    }

    /// Whether it merges tables from now on. One that does not takes writes for a long time all the same: it only
    /// gets more tables, and so slower reads.
    public void merge(boolean wished) throws RocksDBException {
        if (wished != merges) {
            merged |= wished;
            db.setOptions(MutableColumnFamilyOptions.builder()
                    .setDisableAutoCompactions(!wished)
                    .build());
            merges = wished;
        }
    }

    /// The tables that are in use.
    public List<EngineTable> tables() {
        return db.getLiveFilesMetaData().stream()
                .map(file -> new EngineTable(file.fileName(), file.size()))
                .sorted()
                .toList();
    }

    /// Reads a whole table and compares every block with its checksum, past the cache. The engine need not be
    /// open.
    ///
    /// @throws RocksDBException if the table is damaged, or cannot be read
    public static void verify(Path table) throws RocksDBException {
        try (var blocks = new Options().setTableFormatConfig(new BlockBasedTableConfig().setNoBlockCache(true));
                var reader = new SstFileReader(blocks)) {
            reader.open(table.toString());
            reader.verifyChecksum();
        }
    }

    /// Removes tables that have nothing but keys of a range, and are below the newest ones, without reading them.
    /// All that they hold must have been deleted, and nothing newer in that range may have been merged.
    ///
    /// @param to the key after the range
    public void dropTables(byte[] from, byte[] to) throws RocksDBException {
        db.deleteFilesInRanges(db.getDefaultColumnFamily(), List.of(from, to), false);
    }

    /// Writes everything that is in memory to disk, and waits for it.
    public void flush() throws RocksDBException {
        try (var wait = new FlushOptions().setWaitForFlush(true)) {
            db.flush(wait);
        }
    }

    /// How far the files go for sure: every change that it counts is in the log, and every byte of the
    /// manifest is forced.
    public StoreExtent extent() throws RocksDBException {
        var live = db.getLiveFiles(false);
        var manifest = live.files.stream()
                .map(file -> file.substring(file.lastIndexOf('/') + 1))
                .filter(file -> file.startsWith("MANIFEST"))
                .findFirst()
                .orElseThrow(() -> new RocksDBException("the engine names no manifest"));
        try {
            return new StoreExtent(sequence(), manifest, live.manifestFileSize, Logs.finished(path));
        } catch (IOException unreadable) {
            throw new RocksDBException(path + " cannot be read: " + unreadable);
        }
    }

    /// The number of the last change.
    public long sequence() {
        return db.getLatestSequenceNumber();
    }

    public long bytesOnDisk() throws RocksDBException {
        return db.getLongProperty("rocksdb.total-sst-files-size");
    }

    /// Whether there is room to go on after the disk was full.
    public DiskRoom room() throws RocksDBException {
        try {
            return new DiskRoom(
                    writeBuffer + db.getLongProperty("rocksdb.cur-size-all-mem-tables"),
                    Files.getFileStore(path).getUsableSpace(),
                    db.getLongProperty("rocksdb.num-running-flushes") > 0
                            || db.getLongProperty("rocksdb.num-running-compactions") > 0);
        } catch (IOException unknown) {
            throw new RocksDBException("the room on the disk of " + path + " cannot be found out: " + unknown);
        }
    }

    @Override
    public void close() {
        release();
    }

    private <T extends AbstractNativeReference> T own(T reference) {
        owned.add(reference);
        return reference;
    }

    private void release() {
        List.copyOf(scans).forEach(EngineScan::close);
        owned.reversed().forEach(AbstractNativeReference::close);
        owned.clear();
        options.close();
    }
}
