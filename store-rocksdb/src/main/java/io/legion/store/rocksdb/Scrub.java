package io.legion.store.rocksdb;

import io.legion.service.Logger;
import io.legion.service.Monitor;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.rocksdb.RocksDBException;

/// Reads every table of the store once in a while, on a thread of its own, and lets RocksDB compare each block
/// with its checksum: so damage is found while other nodes still have what is damaged. It reads one table after
/// the other, and then waits as long as the rate asks. After a restart it goes on where it was.
final class Scrub implements AutoCloseable {
    /// A node that starts has other things to read.
    private static final Duration FIRST = Duration.ofMinutes(1);

    /// What the scrub needs of its store. All may be called at any time, and say nothing once the store is
    /// closed.
    interface Subject {
        /// The directory of the engine; empty if there is none.
        Optional<Path> engine();

        /// The tables in use, the older ones first.
        List<EngineTable> tables();

        /// A table is damaged.
        void damaged(EngineTable table, String why);
    }

    private final RocksDbStore.Config config;
    private final Path file;
    private final Subject subject;
    private final InstantSource clock;
    private final Logger logger;
    private final Monitor.Counter bytes;
    private final CountDownLatch closed = new CountDownLatch(1);

    /// @param file where it keeps how far it has come
    Scrub(RocksDbStore.Config config, Path file, Subject subject, InstantSource clock, Logger logger, Monitor monitor) {
        this.config = config;
        this.file = file;
        this.subject = subject;
        this.clock = clock;
        this.logger = logger;
        this.bytes = monitor.counter("legion.rocksdb.scrub.bytes");
    }

    /// Begins, unless the settings say that there is none.
    Scrub start() {
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
    Duration step() {
        var engine = subject.engine();
        if (engine.isEmpty()) {
            return FIRST;
        }
        var tables = subject.tables();
        var progress = present(engine.get());
        var now = clock.instant();
        if (progress.isDone()) {
            var due = progress.begun().plus(config.scrubEvery());
            return due.isAfter(now) ? shorter(Duration.between(now, due)) : begin(engine.get(), tables, now);
        }
        var next = tables.stream()
                .filter(table -> table.number() > progress.last() && table.number() <= progress.until())
                .findFirst();
        note(progress.at(next.map(EngineTable::number).orElse(progress.until())));
        return next.map(table -> read(engine.get(), table)).orElse(Duration.ZERO);
    }

    /// A clock that is set meanwhile makes no wait longer than a day.
    private static Duration shorter(Duration wait) {
        var most = Duration.ofDays(1);
        return wait.compareTo(most) < 0 ? wait : most;
    }

    /// Where it is. Another engine, and a clock that went back, begin another pass.
    private ScrubProgress present(Path engine) {
        var progress = ScrubProgress.read(file);
        boolean known =
                progress.engine().equals(name(engine)) && !progress.begun().isAfter(clock.instant());
        return known ? progress : new ScrubProgress(Instant.EPOCH, name(engine), 0, 0);
    }

    private Duration begin(Path engine, List<EngineTable> tables, Instant now) {
        long until = tables.isEmpty() ? 0 : tables.getLast().number();
        note(new ScrubProgress(now, name(engine), 0, until));
        return Duration.ZERO;
    }

    private static String name(Path engine) {
        return String.valueOf(engine.getFileName());
    }

    private void note(ScrubProgress progress) {
        try {
            progress.write(file);
        } catch (IOException failed) {
            // It is tried again with the next table; without it a restart reads some tables once more.
            logger.debug("How far the scrub has come could not be noted: " + failed);
        }
    }

    private Duration read(Path engine, EngineTable table) {
        try {
            Engine.verify(engine.resolve(table.name()));
        } catch (RocksDBException failed) {
            boolean inUse = subject.tables().contains(table);
            if (inUse && Remedy.isDamage(failed, engine)) {
                subject.damaged(table, String.valueOf(failed.getMessage()));
            }
        }
        bytes.add(table.size());
        return Duration.ofNanos((long) (1e9 * table.size() / config.scrubRate().bytes()));
    }

    /// Ends it; a table that it reads at this moment it still reads.
    @Override
    public void close() {
        closed.countDown();
    }
}
