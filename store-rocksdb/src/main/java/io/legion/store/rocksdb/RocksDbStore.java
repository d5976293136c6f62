package io.legion.store.rocksdb;

import io.legion.service.ByteSize;
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
import io.legion.store.rocksdb.open.OpenStore;
import io.legion.store.rocksdb.open.Opening;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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

    private final OpenStore inside;

    private RocksDbStore(OpenStore inside) {
        this.inside = inside;
    }

    /// Opens the store in a directory, or founds one there, for a first program or a test: with the usual
    /// sizes, a logger that prints to the standard error, and no monitor. A service uses [#open(Config,
    /// Logger, Monitor)] and passes its own.
    ///
    /// @throws StoreException as the other `open` does
    public static RocksDbStore open(Path directory) {
        var logger = ConsoleLogger.open();
        try {
            return new RocksDbStore(Opening.open(
                    Config.of(directory),
                    GuardedLogger.of(logger.named("store")),
                    Monitor.none(),
                    System::nanoTime,
                    logger::close));
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
        return new RocksDbStore(
                Opening.open(config, GuardedLogger.of(logger), GuardedMonitor.of(monitor), System::nanoTime, () -> {}));
    }

    @Override
    public byte @Nullable [] get(byte[] key) {
        return inside.get(key);
    }

    @Override
    public void scan(byte[] from, byte @Nullable [] to, Visitor visitor) {
        inside.scan(from, to, visitor);
    }

    @Override
    public void write(Batch batch, Durability durability) {
        inside.write(batch, durability);
    }

    @Override
    public Durability strongest() {
        return inside.strongest();
    }

    @Override
    public Optional<StoreIdentity> identity() {
        return inside.identity();
    }

    @Override
    public void identify(StoreIdentity next) {
        inside.identify(next);
    }

    @Override
    public boolean stoppedCleanly() {
        return inside.stoppedCleanly();
    }

    @Override
    public boolean complete() {
        return inside.complete();
    }

    @Override
    public Optional<String> damage() {
        return inside.damage();
    }

    @Override
    public Optional<String> warning() {
        return inside.warning();
    }

    /// Writes everything to disk, sets the mark of a clean stop and frees the directory. Waits for the
    /// calls under way; a scan ends before its visitor has seen all. All who close, at the same time or later,
    /// return when that is done; an interrupt does not end it.
    ///
    /// @throws StoreException if it could not write everything; the store is closed all the same, without the
    ///     mark
    /// @throws IllegalStateException if a call closes the store that it is within
    @Override
    public void close() {
        inside.close();
    }

    /// For a test that does not wait until the time comes.
    OpenStore inside() {
        return inside;
    }
}
