package io.legion.store.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.legion.service.ByteSize;
import io.legion.service.Logger;
import io.legion.service.RecordingLogger;
import io.legion.service.RecordingMonitor;
import io.legion.store.rocksdb.damage.Scrub;
import io.legion.store.rocksdb.engine.EngineTable;
import io.legion.store.rocksdb.engine.NativeLibrary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The scrub reads each table once a week, slowly, and goes on after a restart.
final class ScrubTest {
    private static final Duration WEEK = Duration.ofDays(7);

    @TempDir
    private Path home;

    private final RecordingLogger logger = RecordingLogger.open(new RecordingLogger.Config(1000));
    private final RecordingMonitor monitor = RecordingMonitor.open();
    private final List<String> found = new ArrayList<>();
    private boolean heard = true;
    private Instant now = Instant.ofEpochSecond(1_800_000_000);

    /// Tables in a directory, all in use.
    private final class Tables implements Scrub.Subject {
        private final Path directory;

        Tables(Path directory) {
            this.directory = directory;
        }

        @Override
        public Optional<Path> engine() {
            return Optional.of(directory.resolve("rocksdb"));
        }

        @Override
        public Optional<List<EngineTable>> tables() {
            return Optional.of(all());
        }

        private List<EngineTable> all() {
            return StoreFiles.all(directory, ".sst").stream()
                    .map(file -> new EngineTable(
                            String.valueOf(file.getFileName()), file.toFile().length()))
                    .sorted()
                    .toList();
        }

        @Override
        public boolean damaged(EngineTable table, String why) {
            found.add(table.name());
            return heard;
        }
    }

    private Scrub scrub(Path store) {
        return new Scrub(
                StoreFiles.config(store, false), store.resolve("scrub"), new Tables(store), () -> now, logger, monitor);
    }

    private Path store() throws IOException {
        var store = StoreFiles.closed(home);
        NativeLibrary.load(Files.createTempDirectory(home, "native"));
        assertThat(new Tables(store).all()).hasSizeGreaterThan(2);
        return store;
    }

    @Test
    void eachTableIsReadOnceAWeekAtTheRateOfTheSettings() throws IOException {
        var store = store();
        var tables = new Tables(store).all();
        var scrub = scrub(store);
        for (int week = 1; week <= 2; week++) {
            assertThat(scrub.step()).as("a pass begins").isZero();
            var waits = new ArrayList<Duration>();
            for (int i = 0; i < tables.size(); i++) {
                waits.add(scrub.step());
            }
            long bytes = tables.stream().mapToLong(EngineTable::size).sum();
            assertThat(monitor.count("legion.rocksdb.scrub.bytes")).isEqualTo(week * bytes);
            assertThat(waits.stream().mapToLong(Duration::toMillis).sum())
                    .isBetween(bytes * 1000 / (4 << 20) - tables.size(), bytes * 1000 / (4 << 20));
            for (var passed = Duration.ZERO; passed.compareTo(WEEK) < 0; passed = passed.plusDays(1)) {
                assertThat(scrub.step()).isEqualTo(Duration.ofDays(1));
                now = now.plus(Duration.ofDays(1));
            }
        }
        assertThat(found).isEmpty();
    }

    @Test
    void itGoesOnAfterARestartAndReadsNoTableTwice() throws IOException {
        var store = store();
        var tables = new Tables(store).all();
        var first = scrub(store);
        first.step();
        first.step();
        long one = monitor.count("legion.rocksdb.scrub.bytes");
        assertThat(one).isEqualTo(tables.getFirst().size());

        var second = scrub(store);
        for (int i = 1; i < tables.size(); i++) {
            second.step();
        }
        assertThat(monitor.count("legion.rocksdb.scrub.bytes"))
                .isEqualTo(tables.stream().mapToLong(EngineTable::size).sum());
        assertThat(second.step()).isEqualTo(Duration.ofDays(1));
    }

    @Test
    void aPassBeginsAnewIfNothingSaysHowFarItCameOrTheClockWentBack() throws IOException {
        var store = store();
        var scrub = scrub(store);
        while (scrub.step().compareTo(Duration.ofDays(1)) < 0) {
            now = now.plusMillis(1);
        }
        now = now.minus(Duration.ofDays(30));
        assertThat(scrub.step()).isZero();
        StoreFiles.flip(store.resolve("scrub"));
        assertThat(scrub(store).step()).isZero();
        Files.delete(store.resolve("scrub"));
        assertThat(scrub(store).step()).isZero();
    }

    @Test
    void aPassThatCannotBeNotedGoesOnAllTheSame() throws IOException {
        var store = store();
        Files.createDirectory(store.resolve("scrub"));
        var scrub = scrub(store);
        assertThat(scrub.step()).as("a pass begins").isZero();
        for (int i = 0; i < new Tables(store).all().size(); i++) {
            assertThat(scrub.step()).isPositive();
        }
        assertThat(scrub.step()).isEqualTo(Duration.ofDays(1));
    }

    @Test
    void aFindingThatNobodyHeardIsFoundAgain() throws IOException {
        var store = store();
        var first = new Tables(store).all().getFirst();
        StoreFiles.flip(store.resolve("rocksdb").resolve(first.name()));
        heard = false;
        var closing = scrub(store);
        closing.step();
        assertThat(closing.step()).isPositive();
        heard = true;
        scrub(store).step();
        assertThat(found).containsExactly(first.name(), first.name());
        scrub(store).step();
        assertThat(found).hasSize(2);
    }

    @Test
    void aTableThatCannotBeReadIsNamedThoughNobodyKnowsWhetherItIsDamaged() throws IOException {
        var store = store();
        var first = new Tables(store).all().getFirst();
        var table = store.resolve("rocksdb").resolve(first.name());
        Files.delete(table);
        Files.createSymbolicLink(table, table);
        var scrub = scrub(store);
        scrub.step();
        scrub.step();
        logger.expect(Logger.Priority.ERROR, "The scrub cannot read the table " + first.name());
        assertThat(found).isEmpty();
    }

    @Test
    void aDamagedTableIsFound() throws IOException {
        var store = store();
        var tables = new Tables(store).all();
        StoreFiles.flip(store.resolve("rocksdb").resolve(tables.get(1).name()));
        var scrub = scrub(store);
        for (int i = 0; i <= tables.size(); i++) {
            scrub.step();
        }
        assertThat(found).containsExactly(tables.get(1).name());
    }

    @Test
    void whatItFindsInAnOpenStoreIsSaidAndStopsTheMerges() throws IOException {
        var directory = StoreFiles.closed(home);
        try (var store = StoreFiles.open(directory, false, logger)) {
            var table = StoreFiles.all(directory, ".sst").getFirst();
            StoreFiles.flip(table);
            for (int i = 0; i < 20; i++) {
                store.inside().scrub().step();
            }
            logger.expect(Logger.Priority.ERROR, String.valueOf(table.getFileName()));
            assertThat(store.warning()).isPresent();
            StoreFiles.write(store, StoreFiles.RECORDS, 12_000);
            assertThat(logger.messages(Logger.Priority.WARNING, "was opened again"))
                    .isEmpty();
        }
    }

    @Test
    void theSettingsHaveBounds() {
        var config = StoreFiles.config(home, false);
        for (var every : List.of(Duration.ofMinutes(1), Duration.ofDays(366))) {
            refused(every, config.scrubRate(), "scrubEvery must be 1h to 365d");
        }
        refused(WEEK, ByteSize.parse("1 KiB"), "scrubRate must be 64 KiB to 1 GiB");
        assertThat(config.scrubEvery()).isEqualTo(WEEK);
    }

    private void refused(Duration every, ByteSize rate, String why) {
        var size = ByteSize.parse("8 MiB");
        assertThatThrownBy(() -> new RocksDbStore.Config(home, size, size, false, every, rate))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }
}
