package io.legion.store.rocksdb;

import io.legion.service.Logger;
import io.legion.spi.Durability;
import io.legion.spi.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rocksdb.AbstractNativeReference;
import org.rocksdb.FlushOptions;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/// An opened RocksDB with all that must be released after it.
///
/// A call into it after [#close()] would end the process: the [CallGate] of the store prevents that.
final class Engine implements AutoCloseable {

    private final EngineOptions options;
    private final List<AbstractNativeReference> owned = new ArrayList<>();
    private final RocksDB db;
    private final WriteOptions unlogged;
    private final WriteOptions logged;
    private final WriteOptions forced;

    private Engine(RocksDbStore.Config config, Path path, boolean create, boolean clean, Logger logger)
            throws RocksDBException {
        NativeLibrary.load();
        options = new EngineOptions(config, clean);
        try {
            if (!create) {
                requireLog(path);
                readOnce(path, logger);
            }
            db = own(RocksDB.open(own(options.create()).setCreateIfMissing(create), path.toString()));
            unlogged = own(new WriteOptions()).setDisableWAL(true);
            logged = own(new WriteOptions());
            forced = own(new WriteOptions()).setSync(true);
        } catch (RocksDBException | RuntimeException failed) {
            release();
            throw failed;
        }
    }

    /// Opens it, or changes nothing: see [#readOnce].
    static Engine open(RocksDbStore.Config config, Path path, boolean create, boolean clean, Logger logger)
            throws RocksDBException {
        return new Engine(config, path, create, clean, logger);
    }

    /// A start that finds damage halfway has already written: it has rolled logs, flushed what it replayed,
    /// begun a new manifest. So the engine first reads everything without writing, and opens for writing only
    /// what it found whole.
    private void readOnce(Path path, Logger logger) throws RocksDBException {
        try (var quiet = new EngineLog(logger);
                var reader = options.create().setLogger(quiet);
                var reading = RocksDB.openReadOnly(reader, path.toString())) {
            reading.getLatestSequenceNumber();
        }
    }

    /// RocksDB takes a missing log for one that it needs no more. There always is one, if only an empty one.
    private static void requireLog(Path path) throws RocksDBException {
        try (var logs = Files.newDirectoryStream(path, "*.log")) {
            if (logs.iterator().hasNext()) {
                return;
            }
        } catch (IOException unreadable) {
            throw new RocksDBException(path + " can not be read: " + unreadable);
        }
        throw new RocksDBException("the write-ahead log (*.log) is missing in " + path);
    }

    byte @Nullable [] get(byte[] key) throws RocksDBException {
        return db.get(key);
    }

    /// Visits the keys from one key on, up to another one if there is one.
    void scan(byte[] from, byte @Nullable [] to, Store.Visitor visitor) throws RocksDBException {
        try (var reading = new ReadOptions();
                var bound = to == null ? null : new Slice(to);
                var iterator = db.newIterator(bound == null ? reading : reading.setIterateUpperBound(bound))) {
            visit(iterator, from, visitor);
        }
    }

    private static void visit(RocksIterator iterator, byte[] from, Store.Visitor visitor) throws RocksDBException {
        for (iterator.seek(from); iterator.isValid(); iterator.next()) {
            if (!visitor.visit(iterator.key(), iterator.value())) {
                return;
            }
        }
        // An iterator that meets damage says only that it is at its end.
        iterator.status();
    }

    void write(WriteBatch changes, Durability durability) throws RocksDBException {
        var mode = switch (durability) {
            case MEMORY -> unlogged;
            case HANDED_OVER -> logged;
            case FORCED -> forced;
        };
        db.write(mode, changes);
    }

    /// Writes everything that is in memory to disk, and waits for it.
    void flush() throws RocksDBException {
        try (var wait = new FlushOptions().setWaitForFlush(true)) {
            db.flush(wait);
        }
    }

    long bytesOnDisk() throws RocksDBException {
        return db.getLongProperty("rocksdb.total-sst-files-size");
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
        owned.reversed().forEach(AbstractNativeReference::close);
        owned.clear();
        options.close();
    }
}
