package io.legion.store.rocksdb;

import io.legion.runtime.Batch;
import io.legion.runtime.Durability;
import io.legion.runtime.Store;
import io.legion.runtime.StoreException;
import io.legion.runtime.StoreIdentity;
import io.legion.service.ByteSize;
import io.legion.service.Default;
import io.legion.service.Logger;
import io.legion.service.Monitor;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;
import org.rocksdb.FlushOptions;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/// The default [Store]: an embedded RocksDB in one directory.
///
/// [Durability#MEMORY] is written to RocksDB's memory alone, [Durability#HANDED_OVER] to its write-ahead log,
/// [Durability#FORCED] to the log with an `fdatasync` that writers share. A clean close writes everything to
/// disk.
///
/// While a store is open its directory is locked, and the marker in it says since which boot of the machine;
/// that is how the next opening knows what may be missing ([#complete()]).
public final class RocksDbStore implements Store, AutoCloseable {

    /// What can be configured.
    ///
    /// @param directory the store's own; it is made if it is missing, and must otherwise be empty or a store
    /// @param cache the most bytes of blocks read that stay in memory (outside the heap), at least 1 MiB
    /// @param writeBuffer after how many bytes of changes a file is written, 1 MiB to 1 GiB; up to three such
    ///     buffers are in memory (outside the heap), and the log is up to three times as long
    public record Config(
            Path directory,
            @Default("32 MiB") ByteSize cache,
            @Default("16 MiB") ByteSize writeBuffer) {

        private static final long MEBIBYTE = 1 << 20;

        /// @throws IllegalArgumentException if a value is outside its bounds
        public Config {
            if (cache.bytes() < MEBIBYTE) {
                throw new IllegalArgumentException("cache must be at least 1 MiB, but is " + cache + ".");
            }
            if (writeBuffer.bytes() < MEBIBYTE || writeBuffer.bytes() > 1024 * MEBIBYTE) {
                throw new IllegalArgumentException("writeBuffer must be 1 MiB to 1 GiB, but is " + writeBuffer + ".");
            }
        }

        /// The usual sizes.
        public static Config of(Path directory) {
            return new Config(directory, new ByteSize(32 * MEBIBYTE), new ByteSize(16 * MEBIBYTE));
        }
    }

    private final StoreDirectory directory;
    private final Engine engine;
    private final RocksDB db;
    private final Logger logger;
    private final StoreMeters meters;
    private final WriteOptions unlogged = new WriteOptions().setDisableWAL(true);
    private final WriteOptions logged = new WriteOptions();
    private final WriteOptions forced = new WriteOptions().setSync(true);
    private final boolean stoppedCleanly;

    /// Calls share it; closing takes it alone, since a call into a closed engine would end the process.
    private final ReentrantReadWriteLock open = new ReentrantReadWriteLock();

    /// Guards the changes of the marker.
    private final ReentrantLock marking = new ReentrantLock();

    private volatile Marker marker;
    private volatile @Nullable StoreException failure;
    private volatile boolean closed;

    private RocksDbStore(
            StoreDirectory directory,
            Engine engine,
            boolean stoppedCleanly,
            Marker marker,
            Logger logger,
            Monitor monitor) {
        this.directory = directory;
        this.engine = engine;
        this.db = engine.db();
        this.logger = logger;
        this.stoppedCleanly = stoppedCleanly;
        this.marker = marker;
        this.meters = new StoreMeters(monitor, this::bytesOnDisk);
    }

    /// Opens the store in a directory, or founds one there.
    ///
    /// @throws StoreException if the directory is no store, in use, of a newer format, or damaged. Nothing in
    ///     it was changed (but the file `lock`); the message says what to do
    public static RocksDbStore open(Config config, Logger logger, Monitor monitor) {
        var directory = StoreDirectory.take(config.directory());
        try {
            return open(config, directory, logger, monitor);
        } catch (Throwable refused) {
            directory.close();
            throw refused;
        }
    }

    private static RocksDbStore open(Config config, StoreDirectory directory, Logger logger, Monitor monitor) {
        var before = directory.marker();
        boolean found = before.identity().isPresent();
        if (!found) {
            directory.write(before);
            directory.removeEngine();
        }
        var engine = engine(config, directory, before, logger);
        try {
            // First what can fail: a store that is there has meters, which look into the engine.
            var marker = before.opened(Boot.id());
            directory.write(marker);
            var store = new RocksDbStore(directory, engine, before.clean(), marker, logger, monitor);
            logger.info("Opened the store " + config.directory() + (found ? "." : ", a new one."));
            return store;
        } catch (Throwable failed) {
            engine.close();
            throw failed;
        }
    }

    private static Engine engine(Config config, StoreDirectory directory, Marker before, Logger logger) {
        boolean create = before.identity().isEmpty();
        try {
            return Engine.open(config, directory.engine(), create, before.clean(), logger);
        } catch (RocksDBException damaged) {
            throw new StoreException(
                    "The store " + config.directory() + " can not be opened: " + damaged.getMessage()
                            + ". It was left as it is. If the disk or the permissions are the cause, mend that and start again. "
                            + "If files are damaged or missing: move the directory away and let the node start as a new one, "
                            + "which copies its shards from the others; or restore a copy.",
                    damaged);
        }
    }

    @Override
    public byte @Nullable [] get(byte[] key) {
        enter();
        try {
            return db.get(key);
        } catch (RocksDBException failed) {
            throw unreadable(failed);
        } finally {
            leave();
        }
    }

    @Override
    public void scan(byte[] from, byte @Nullable [] to, Visitor visitor) {
        if (to != null && Arrays.compareUnsigned(from, to) >= 0) {
            return;
        }
        enter();
        try (var options = new ReadOptions();
                var bound = to == null ? null : new Slice(to);
                var iterator = db.newIterator(bound == null ? options : options.setIterateUpperBound(bound))) {
            visit(iterator, from, visitor);
        } catch (RocksDBException failed) {
            throw unreadable(failed);
        } finally {
            leave();
        }
    }

    private static void visit(RocksIterator iterator, byte[] from, Visitor visitor) throws RocksDBException {
        for (iterator.seek(from); iterator.isValid(); iterator.next()) {
            if (!visitor.visit(iterator.key(), iterator.value())) {
                return;
            }
        }
        // An iterator that meets damage says only that it is at its end.
        iterator.status();
    }

    @Override
    public void write(Batch batch, Durability durability) {
        enter();
        long start = System.nanoTime();
        try (var changes = new WriteBatch(batch.toByteArray())) {
            requireWritable();
            admit(durability);
            db.write(options(durability), changes);
            meters.wrote(durability, System.nanoTime() - start);
        } catch (RocksDBException failed) {
            throw fail(failed);
        } finally {
            leave();
        }
    }

    private WriteOptions options(Durability durability) {
        return switch (durability) {
            case MEMORY -> unlogged;
            case HANDED_OVER -> logged;
            case FORCED -> forced;
        };
    }

    /// Before the first write that is weaker than all before: notes that such a write may be lost.
    private void admit(Durability durability) {
        if (!durability.covers(marker.weakest())) {
            mark(() -> durability.covers(marker.weakest()) ? marker : marker.weakened(durability));
        }
    }

    @Override
    public Durability strongest() {
        return Durability.FORCED;
    }

    @Override
    public Optional<StoreIdentity> identity() {
        requireOpen();
        return marker.identity();
    }

    @Override
    public void identify(StoreIdentity next) {
        enter();
        try {
            requireWhole();
            mark(() -> {
                StoreIdentity.requireSameCluster(marker.identity().orElse(null), next);
                return marker.identified(next);
            });
        } finally {
            leave();
        }
    }

    @Override
    public boolean stoppedCleanly() {
        requireOpen();
        return stoppedCleanly;
    }

    @Override
    public boolean complete() {
        requireOpen();
        return marker.complete();
    }

    /// Writes everything to disk, sets the mark of a clean stop and frees the directory. Waits for the calls
    /// that are under way. Closing again does nothing.
    ///
    /// @throws StoreException if not everything could be written; the store is closed all the same, without the
    ///     mark
    @Override
    public void close() {
        open.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                shut();
            }
        } finally {
            open.writeLock().unlock();
        }
    }

    private void shut() {
        try (directory) {
            meters.close();
            boolean written = flushed();
            for (var options : new WriteOptions[] {unlogged, logged, forced}) {
                options.close();
            }
            engine.close();
            if (written) {
                directory.write(marker.closed());
                logger.info("Closed the store.");
            }
        }
    }

    private boolean flushed() {
        if (failure != null) {
            logger.warning("The store is closed after a failed write, so without the mark of a clean stop.");
            return false;
        }
        try (var wait = new FlushOptions().setWaitForFlush(true)) {
            db.flush(wait);
            return true;
        } catch (RocksDBException failed) {
            logger.error(
                    "The store could not write everything to disk when it was closed: " + failed.getMessage(), failed);
            return false;
        }
    }

    private interface Change {
        Marker next();
    }

    private void mark(Change change) {
        marking.lock();
        try {
            var next = change.next();
            directory.write(next);
            marker = next;
        } catch (StoreException failed) {
            failure = failed;
            throw failed;
        } finally {
            marking.unlock();
        }
    }

    private void enter() {
        open.readLock().lock();
        if (closed) {
            leave();
            requireOpen();
        }
    }

    private void leave() {
        open.readLock().unlock();
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("The store is closed.");
        }
    }

    private void requireWritable() {
        requireWhole();
        if (marker.identity().isEmpty()) {
            throw new IllegalStateException("The store was never identified: call identify before the first write.");
        }
    }

    private void requireWhole() {
        var earlier = failure;
        if (earlier != null) {
            throw new StoreException(
                    "An earlier write failed, so nothing more is written: " + earlier.getMessage(), earlier);
        }
    }

    private StoreException fail(RocksDBException cause) {
        var failed = new StoreException(
                "A write failed: " + cause.getMessage()
                        + ". Nothing more is written, what was acknowledged is still there. "
                        + "Look for a full or broken disk, make room or replace it, and start the node again.",
                cause);
        failure = failed;
        return failed;
    }

    private static StoreException unreadable(RocksDBException cause) {
        return new StoreException(
                "A read failed: " + cause.getMessage()
                        + ". What was asked for may be there or not. If files are damaged, move "
                        + "the directory away and let the node start as a new one, or restore a copy.",
                cause);
    }

    private double bytesOnDisk() {
        if (!open.readLock().tryLock()) {
            return Double.NaN;
        }
        try {
            return closed ? Double.NaN : db.getLongProperty("rocksdb.total-sst-files-size");
        } catch (RocksDBException unknown) {
            return Double.NaN;
        } finally {
            leave();
        }
    }
}
