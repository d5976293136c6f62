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
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;

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
    /// @param replaceDamaged true for a node that others can replace: a store with damaged files opens all the
    ///     same, says so ([Store#damage()]), and begins with nothing as soon as its node is a new one.
    ///     Otherwise it is refused, or goes on with what can be read
    /// @param scrubEvery how often every table is read and compared with its checksums, from an hour to a year;
    ///     zero for never
    /// @param scrubRate how many bytes a second that reads, from 64 KiB to 1 GiB
    public record Config(
            Path directory,
            @Default("32 MiB") ByteSize cache,
            @Default("16 MiB") ByteSize writeBuffer,
            @Default("false") boolean replaceDamaged,
            @Default("7d") Duration scrubEvery,
            @Default("4 MiB") ByteSize scrubRate) {

        private static final long MEBIBYTE = 1 << 20;
        private static final Duration HOUR = Duration.ofHours(1);
        private static final Duration YEAR = Duration.ofDays(365);

        /// @throws IllegalArgumentException if a value is outside its bounds
        public Config {
            if (cache.bytes() < MEBIBYTE) {
                throw new IllegalArgumentException("cache must be at least 1 MiB, but is " + cache + ".");
            }
            if (writeBuffer.bytes() < MEBIBYTE || writeBuffer.bytes() > 1024 * MEBIBYTE) {
                throw new IllegalArgumentException("writeBuffer must be 1 MiB to 1 GiB, but is " + writeBuffer + ".");
            }
            if (!scrubEvery.isZero() && (scrubEvery.compareTo(HOUR) < 0 || scrubEvery.compareTo(YEAR) > 0)) {
                throw new IllegalArgumentException(
                        "scrubEvery must be 1h to 365d, or 0s for never, but is " + scrubEvery.toSeconds() + "s.");
            }
            if (scrubRate.bytes() < MEBIBYTE / 16 || scrubRate.bytes() > 1024 * MEBIBYTE) {
                throw new IllegalArgumentException("scrubRate must be 64 KiB to 1 GiB, but is " + scrubRate + ".");
            }
        }

        /// The usual sizes.
        public static Config of(Path directory) {
            return Configuration.defaults(Config.class, Map.of("directory", directory));
        }

        /// The same, with another [#replaceDamaged()].
        public Config withReplaceDamaged(boolean wished) {
            return new Config(directory, cache, writeBuffer, wished, scrubEvery, scrubRate);
        }

        /// The same, with another [#writeBuffer()].
        public Config withWriteBuffer(ByteSize wished) {
            return new Config(directory, cache, wished, replaceDamaged, scrubEvery, scrubRate);
        }
    }

    private final StoreDirectory directory;
    private final CurrentMarker marker;
    private final WriteFailure failure = new WriteFailure();
    private final CallGate gate = new CallGate("store");
    private final CurrentEngine engines;
    private final DamagedTables tables;
    private final StoreReads reads;
    private final StoreWrites writes;
    private final Scrub scrub;
    private final boolean replaceDamaged;
    private final boolean stoppedCleanly;
    private final Logger logger;
    private final StoreMeters meters;
    private final Runnable whenClosed;
    private final CloseOnce closing = new CloseOnce("legion-store-close", () -> gate.close(this::shut));

    /// A store whose engine is open and whose marker says so, or whose engine cannot be opened and which has
    /// changed nothing; its meters look into the engine from now on.
    ///
    /// @param before the marker as it was left
    /// @param unusable why there is no engine; null if there is one
    RocksDbStore(
            Opening opening,
            Marker before,
            Marker now,
            @Nullable OpenedFiles opened,
            StoreException.@Nullable Damaged unusable) {
        this.directory = opening.directory();
        this.marker = new CurrentMarker(directory, now, failure);
        this.stoppedCleanly = before.clean();
        this.logger = opening.logger();
        this.whenClosed = opening.whenClosed();
        this.replaceDamaged = opening.config().replaceDamaged();
        this.tables = new DamagedTables(marker, replaceDamaged, logger);
        this.engines = new CurrentEngine(opening.config(), directory, marker, gate, logger, opened, unusable);
        var look = new EngineLook(gate, engines, tables);
        this.meters = new StoreMeters(opening.monitor(), look::bytesOnDisk, look::damagedTables);
        this.reads = new StoreReads(gate, engines, tables);
        this.writes = new StoreWrites(gate, engines, marker, failure, tables, meters, logger);
        this.scrub = opening.scrub(look);
        if (opened != null) {
            tables.opened(opened.engine());
        }
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
        return reads.get(key);
    }

    @Override
    public void scan(byte[] from, byte @Nullable [] to, Visitor visitor) {
        reads.scan(from, to, visitor);
    }

    @Override
    public void write(Batch batch, Durability durability) {
        writes.write(batch, durability);
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
        gate.requireOpen();
        if (!toReplace().isEmpty() && isOtherNode(next)) {
            StoreIdentity.requireSameCluster(marker.now().identity().orElse(null), next);
            gate.requireOutside();
            engines.replace(next);
            return;
        }
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
        return marker.now().complete() && toReplace().isEmpty();
    }

    @Override
    public Optional<String> damage() {
        gate.requireOpen();
        return Stream.of(marker.now().damage(), toReplace())
                .filter(damage -> !damage.isEmpty())
                .findFirst();
    }

    @Override
    public Optional<String> warning() {
        gate.requireOpen();
        return Optional.of(tables.text()).filter(text -> !text.isEmpty());
    }

    private boolean isOtherNode(StoreIdentity next) {
        return !marker.now().identity().map(StoreIdentity::node).equals(Optional.of(next.node()));
    }

    /// Why the engine is replaced as soon as the node is a new one; empty if it is not.
    private String toReplace() {
        return replaceDamaged ? engines.why().orElseGet(tables::text) : "";
    }

    /// Writes everything to disk, sets the mark of a clean stop and frees the directory. Waits for the
    /// calls under way; a scan ends before its visitor has seen all. All who close, at the same time or later, return
    /// when that is done; an interrupt does not end it.
    ///
    /// @throws StoreException if it could not write everything; the store is closed all the same, without the
    ///     mark
    /// @throws IllegalStateException if a call closes the store that it is within
    @Override
    public void close() {
        gate.requireOutside();
        closing.close();
    }

    private void shut() {
        try (directory) {
            scrub.close();
            meters.close();
            engines.closeFloor();
            var engine = engines.last();
            if (engine != null) {
                shut(engine);
            }
        } finally {
            whenClosed.run();
        }
    }

    private void shut(Engine engine) {
        boolean written = flushed(engine);
        long sequence = engine.sequence();
        engine.close();
        if (written) {
            markClosed(directory.extent(marker.now().files(), sequence));
            logger.info("Closed the store.");
        }
    }

    private boolean flushed(Engine engine) {
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

    /// For a test that does not wait until the time comes.
    void raiseFloor() {
        engines.raiseFloor();
    }

    /// For a test that does not wait until the time comes.
    Scrub scrub() {
        return scrub;
    }
}
