package io.legion.store.rocksdb.damage;

import io.legion.service.Logger;
import io.legion.service.Monitor;
import io.legion.store.rocksdb.RocksDbStore;
import io.legion.store.rocksdb.engine.Engine;
import io.legion.store.rocksdb.engine.EngineTable;
import io.legion.store.rocksdb.engine.Remedy;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;

/// Reads every table of the store once in a while, on a thread of its own, and lets RocksDB compare each block
/// with its checksum: so damage is found while other nodes still have what is damaged. It reads one table after
/// the other, and then waits as long as the rate asks. After a restart it goes on where it was.
public final class Scrub implements AutoCloseable {
    /// A node that starts has other things to read.
    private static final Duration FIRST = Duration.ofMinutes(1);

    /// What the scrub needs of its store. All may be called at any time, and say nothing once the store is
    /// closed.
    public interface Subject {
        /// The directory of the engine; empty if there is none.
        Optional<Path> engine();

        /// The tables in use, the older ones first; empty if there is no engine.
        Optional<List<EngineTable>> tables();

        /// A table is damaged.
        ///
        /// @return false if nobody heard that
        boolean damaged(EngineTable table, String why);
    }

    private final RocksDbStore.Config config;
    private final Path file;
    private final Subject subject;
    private final InstantSource clock;
    private final Logger logger;
    private final Monitor.Counter bytes;
    private final CountDownLatch closed = new CountDownLatch(1);

    /// How far it has come; null before the first step. The file has a copy, if it can be written.
    private volatile @Nullable ScrubProgress progress;

    /// @param file where it keeps how far it has come
    public Scrub(
            RocksDbStore.Config config,
            Path file,
            Subject subject,
            InstantSource clock,
            Logger logger,
            Monitor monitor) {
        this.config = config;
        this.file = file;
        this.subject = subject;
        this.clock = clock;
        this.logger = logger;
        this.bytes = monitor.counter("legion.rocksdb.scrub.bytes");
    }

    /// Begins, unless the settings say that there is none.
    public Scrub start() {
        if (!config.scrubEvery().isZero()) {
            Thread.ofPlatform().daemon().name("legion-store-scrub").start(this::run);
        }
        return this;
    }

    private void run() {
        try {
            boolean open = pause(FIRST);
            while (open) {
                open = pause(step());
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /// False once the store is closed.
    private boolean pause(Duration time) throws InterruptedException {
        return !closed.await(time.toNanos(), TimeUnit.NANOSECONDS);
    }

    /// Reads one table, if it is time.
    ///
    /// @return how long to wait before the next step
    public Duration step() {
        var engine = subject.engine();
        if (engine.isEmpty()) {
            return FIRST;
        }
        var tables = subject.tables();
        return tables.isEmpty() ? FIRST : step(engine.get(), tables.get());
    }

    private Duration step(Path engine, List<EngineTable> tables) {
        var present = present(engine);
        var now = clock.instant();
        if (present.isDone()) {
            var due = present.begun().plus(config.scrubEvery());
            return due.isAfter(now) ? shorter(Duration.between(now, due)) : begin(engine, tables, now);
        }
        var next = tables.stream()
                .filter(table -> table.number() > present.last() && table.number() <= present.until())
                .findFirst();
        if (next.isEmpty()) {
            note(present.at(present.until()));
            return Duration.ZERO;
        }
        return read(engine, next.get(), present);
    }

    /// A clock that is set meanwhile makes no wait longer than a day.
    private static Duration shorter(Duration wait) {
        var most = Duration.ofDays(1);
        return wait.compareTo(most) < 0 ? wait : most;
    }

    /// Where it is. Another engine, and a clock that went back, begin another pass.
    private ScrubProgress present(Path engine) {
        var kept = progress;
        var last = kept == null ? ScrubProgress.read(file) : kept;
        boolean known = last.engine().equals(name(engine)) && !last.begun().isAfter(clock.instant());
        return known ? last : new ScrubProgress(Instant.EPOCH, name(engine), 0, 0);
    }

    private Duration begin(Path engine, List<EngineTable> tables, Instant now) {
        long until = tables.isEmpty() ? 0 : tables.getLast().number();
        note(new ScrubProgress(now, name(engine), 0, until));
        return Duration.ZERO;
    }

    private static String name(Path engine) {
        return String.valueOf(engine.getFileName());
    }

    private void note(ScrubProgress next) {
        progress = next;
        try {
            next.write(file);
        } catch (IOException failed) {
            // It is tried again with the next table; without it a restart reads some tables once more.
            logger.debug("How far the scrub has come could not be noted: " + failed);
        }
    }

    /// Reads a table, and goes on behind it unless it was damaged and nobody heard that.
    private Duration read(Path engine, EngineTable table, ScrubProgress present) {
        if (isSettled(engine, table)) {
            note(present.at(table.number()));
        }
        bytes.add(table.size());
        return Duration.ofNanos((long) (1e9 * table.size() / config.scrubRate().bytes()));
    }

    /// False if what it found was not said.
    private boolean isSettled(Path engine, EngineTable table) {
        try {
            Engine.verify(engine.resolve(table.name()));
            return true;
        } catch (RocksDBException failed) {
            var inUse = subject.tables().map(tables -> tables.contains(table));
            return inUse.isPresent() && (!inUse.get() || isSaid(engine, table, failed));
        }
    }

    private boolean isSaid(Path engine, EngineTable table, RocksDBException failed) {
        if (Remedy.isDamage(failed, engine)) {
            return subject.damaged(table, String.valueOf(failed.getMessage()));
        }
        logger.error("The scrub cannot read the table " + table.name() + ": " + failed.getMessage()
                + ". Whether it is damaged is not known; a shard that cannot read it stops. Look at the disk, and at the"
                + " limits of the process. The next scrub reads it again.");
        return true;
    }

    /// Ends it; a table that it reads at this moment it still reads.
    @Override
    public void close() {
        closed.countDown();
    }
}
