package io.legion.store.rocksdb;

import io.legion.service.ByteSize;
import io.legion.service.CallGate;
import io.legion.service.CloseOnce;
import io.legion.service.Configuration;
import io.legion.service.ConsoleLogger;
import io.legion.service.Default;
import io.legion.service.GuardedLogger;
import io.legion.service.GuardedMonitor;
import io.legion.service.Logger;
import io.legion.service.Monitor;
import io.legion.spi.Batch;
import io.legion.spi.Durability;
import io.legion.spi.Store;
import io.legion.spi.StoreException;
import io.legion.spi.StoreIdentity;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/// The default [Store]: an embedded RocksDB in one directory.
///
/// [Durability#MEMORY] writes to RocksDB's memory alone, [Durability#HANDED_OVER] to its write-ahead log,
/// [Durability#FORCED] to the log with an `fdatasync` that writers share. A clean close writes everything to
/// disk.
///
/// An open store locks its directory, and the marker there names the boot of the machine in which it was
/// opened. So the next opening knows what may be missing ([#complete()]). It also knows how far the files went:
/// exactly, if the store was closed, and as it was some 2 s before, if the process stopped ([#damage()]).
public final class RocksDbStore implements Store, AutoCloseable {

    /// The configuration.
    ///
    /// @param directory the store's own; made if it is missing, and otherwise empty or a store
    /// @param cache the most bytes of blocks read that stay in memory (outside the heap), at least 1 MiB
    /// @param writeBuffer the bytes of changes after which a file is written, 1 MiB to 1 GiB; up to three such
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
            return Configuration.defaults(Config.class, Map.of("directory", directory));
        }
    }

    private final StoreDirectory directory;
    private final Engine engine;
    private final FloorKeeper floor;
    private final CurrentMarker marker;
    private final WriteFailure failure;
    private final boolean stoppedCleanly;
    private final Logger logger;
    private final StoreMeters meters;
    private final Runnable whenClosed;
    private final CallGate gate = new CallGate("store");
    private final CloseOnce closing = new CloseOnce("legion-store-close", () -> gate.close(this::shut));

    /// A store whose engine is open and whose marker says so; its meters look into the engine from now on.
    RocksDbStore(
            StoreDirectory directory,
            Engine engine,
            Floor floor,
            boolean stoppedCleanly,
            Marker marker,
            Logger logger,
            Monitor monitor,
            Runnable whenClosed) {
        this.directory = directory;
        this.engine = engine;
        this.failure = new WriteFailure();
        this.marker = new CurrentMarker(directory, marker, failure);
        this.stoppedCleanly = stoppedCleanly;
        this.logger = logger;
        this.meters = new StoreMeters(monitor, this::bytesOnDisk);
        this.whenClosed = whenClosed;
        this.floor = new FloorKeeper(floor, this::reached, logger);
    }

    /// Opens the store in a directory, or founds one there, for a first program or a test: with the usual
    /// sizes, a logger that prints to the standard error, and no monitor. A service uses [#open(Config,
    /// Logger, Monitor)] and passes its own.
    ///
    /// @throws StoreException as the other `open` does
    public static RocksDbStore open(Path directory) {
        var logger = ConsoleLogger.open();
        try {
            return Opening.open(
                    Config.of(directory), GuardedLogger.of(logger.named("store")), Monitor.none(), logger::close);
        } catch (Throwable refused) {
            logger.close();
            throw refused;
        }
    }

    /// Opens the store in a directory, or founds one there.
    ///
    /// @throws StoreException if the directory is no store, in use, of a newer format, or damaged. Nothing in
    ///     it was changed (except the file `lock`); the message says what to do
    public static RocksDbStore open(Config config, Logger logger, Monitor monitor) {
        return Opening.open(config, GuardedLogger.of(logger), GuardedMonitor.of(monitor), () -> {});
    }

    @Override
    public byte @Nullable [] get(byte[] key) {
        gate.enter();
        try {
            return engine.get(key);
        } catch (RocksDBException failed) {
            throw unreadable(failed);
        } finally {
            gate.leave();
        }
    }

    @Override
    public void scan(byte[] from, byte @Nullable [] to, Visitor visitor) {
        if (to != null && Arrays.compareUnsigned(from, to) >= 0) {
            return;
        }
        gate.enter();
        try {
            engine.scan(from, to, visitor);
        } catch (RocksDBException failed) {
            throw unreadable(failed);
        } finally {
            gate.leave();
        }
    }

    @Override
    public void write(Batch batch, Durability durability) {
        gate.enter();
        long start = System.nanoTime();
        try (var changes = new WriteBatch(batch.toByteArray())) {
            requireWritable();
            marker.admit(durability);
            engine.write(changes, durability);
            failure.wrote();
            meters.wrote(durability, System.nanoTime() - start);
        } catch (RocksDBException failed) {
            throw WriteFailure.isFull(failed) ? full(failed) : failure.causedBy(failed);
        } finally {
            gate.leave();
        }
    }

    @Override
    public Durability strongest() {
        return Durability.FORCED;
    }

    @Override
    public Optional<StoreIdentity> identity() {
        gate.requireOpen();
        return marker.now().identity();
    }

    @Override
    public void identify(StoreIdentity next) {
        gate.enter();
        try {
            failure.requireNone();
            marker.identify(next);
        } finally {
            gate.leave();
        }
    }

    @Override
    public boolean stoppedCleanly() {
        gate.requireOpen();
        return stoppedCleanly;
    }

    @Override
    public boolean complete() {
        gate.requireOpen();
        return marker.now().complete();
    }

    @Override
    public Optional<String> damage() {
        gate.requireOpen();
        return Optional.of(marker.now().damage()).filter(damage -> !damage.isEmpty());
    }

    /// Writes everything to disk, sets the mark of a clean stop and frees the directory. Waits for the
    /// calls under way. All who close, at the same time or later, return when that is done; an interrupt
    /// does not end it.
    ///
    /// @throws StoreException if it could not write everything; the store is closed all the same, without the
    ///     mark
    /// @throws IllegalStateException if a visitor of [#scan] closes the store that it visits
    @Override
    public void close() {
        gate.requireOutside();
        closing.close();
    }

    private void shut() {
        try (directory) {
            meters.close();
            floor.close();
            boolean written = flushed();
            long sequence = engine.sequence();
            engine.close();
            if (written) {
                markClosed(directory.extent(sequence));
                logger.info("Closed the store.");
            }
        } finally {
            whenClosed.run();
        }
    }

    private boolean flushed() {
        if (failure.happened()) {
            logger.warning("The store is closed after a failed write, so without the mark of a clean stop.");
            return false;
        }
        try {
            engine.flush();
            return true;
        } catch (RocksDBException failed) {
            logger.error(
                    "The store is closed without the mark of a clean stop, as its last writes cannot be moved from its"
                            + " log to its tables: " + failed.getMessage()
                            + ". The next start reads them from the log, but for those of the durability memory. Look for"
                            + " a full or broken disk before it.",
                    failed);
            return false;
        }
    }

    private void markClosed(StoreExtent at) {
        try {
            directory.write(marker.now().closed(at));
        } catch (IOException failed) {
            throw new StoreException(
                    failed.getMessage() + ". The store is closed, without the mark of a clean stop; everything that it"
                            + " acknowledged is on the disk. Look for a full or broken disk before the next start.",
                    failed);
        }
    }

    /// A full disk, unless the engine will not go on when there is room.
    private StoreException full(RocksDBException cause) {
        try {
            var refused = failure.full(cause, engine.room());
            if (!(refused instanceof StoreException.Full)) {
                // A caller that only looks for room need not say what it found.
                logger.error(String.valueOf(refused.getMessage()), refused);
            }
            return refused;
        } catch (RocksDBException unknown) {
            cause.addSuppressed(unknown);
            return failure.causedBy(cause);
        }
    }

    private void requireWritable() {
        failure.requireNone();
        if (marker.now().identity().isEmpty()) {
            throw new IllegalStateException("The store was never identified: call identify before the first write.");
        }
    }

    private static StoreException unreadable(RocksDBException cause) {
        var message = "A read failed: " + cause.getMessage()
                + ". What was asked for may be there or not. If files are damaged, move "
                + "the directory away and let the node start as a new one, or restore a copy.";
        return WriteFailure.isDamage(cause)
                ? new StoreException.Damaged(message, cause)
                : new StoreException(message, cause);
    }

    /// For a test that does not wait until the time comes.
    void raiseFloor() {
        floor.raise();
    }

    private Optional<StoreExtent> reached() {
        if (!gate.tryEnter()) {
            return Optional.empty();
        }
        try {
            return Optional.of(engine.extent());
        } catch (RocksDBException unknown) {
            return Optional.empty();
        } finally {
            gate.leave();
        }
    }

    private double bytesOnDisk() {
        if (!gate.tryEnter()) {
            return Double.NaN;
        }
        try {
            return engine.bytesOnDisk();
        } catch (RocksDBException unknown) {
            return Double.NaN;
        } finally {
            gate.leave();
        }
    }
}
