package io.legion.store.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.legion.core.NodeId;
import io.legion.service.Logger;
import io.legion.service.RecordingLogger;
import io.legion.spi.Batch;
import io.legion.spi.Durability;
import io.legion.spi.StoreException;
import io.legion.spi.StoreIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.RocksDBException;

/// A table is damaged while the store is closed. The store goes on without what is in it, and gets rid of it.
final class DamagedTablesTest {
    private static final int MORE = StoreFiles.MORE;

    @TempDir
    private Path home;

    private final RecordingLogger logger = RecordingLogger.open(new RecordingLogger.Config(1000));

    @Test
    void aMergeThatMeetsADamagedTableDoesNotEndTheWrites() throws IOException {
        var directory = StoreFiles.damaged(home);
        try (var store = StoreFiles.open(directory, false, logger)) {
            StoreFiles.writeAcross(store);
            logger.expect(Logger.Priority.WARNING, "stopped at a damaged table, and was opened again");
            logger.expect(Logger.Priority.ERROR, "These tables are damaged");
            assertThat(store.warning())
                    .hasValueSatisfying(
                            text -> assertThat(text).contains(".sst").contains("set replaceDamaged"));
            assertThat(store.complete()).isTrue();
            for (int i = StoreFiles.RECORDS; i < MORE; i++) {
                assertThat(store.get(StoreFiles.key(i))).isEqualTo(StoreFiles.value(i));
            }
            assertThat(unreadable(store)).isPositive();
            StoreFiles.write(store, MORE, MORE + 3_000);
        }
        try (var store = StoreFiles.open(directory, false, logger)) {
            assertThat(store.warning()).as("it is remembered").isPresent();
            assertThat(store.stoppedCleanly()).isTrue();
            StoreFiles.write(store, MORE + 3_000, MORE + 6_000);
            assertThat(store.get(StoreFiles.key(MORE))).isEqualTo(StoreFiles.value(MORE));
        }
    }

    @Test
    void aWriteInMemoryIsNotGivenUpForThat() throws IOException {
        try (var store = StoreFiles.open(StoreFiles.damaged(home), false, logger)) {
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 10 * MORE; i++) {
                            store.write(
                                    new Batch().put(StoreFiles.key(i % MORE), StoreFiles.value(i)), Durability.MEMORY);
                        }
                    })
                    .isInstanceOf(StoreException.Damaged.class)
                    .hasMessageContaining("Nothing more is written");
            assertThat(store.get(StoreFiles.key(1))).isNotNull();
        }
    }

    @Test
    void aReadThatMeetsItIsEnoughToKeepItFromBeingMerged() throws IOException {
        try (var store = StoreFiles.open(StoreFiles.damaged(home), false, logger)) {
            assertThat(unreadable(store)).isPositive();
            assertThat(store.warning()).isPresent();
            StoreFiles.writeAcross(store);
            assertThat(logger.messages(Logger.Priority.WARNING, "was opened again"))
                    .isEmpty();
            assertThat(logger.messages(Logger.Priority.ERROR, "The store found damage"))
                    .as("it says so once")
                    .hasSize(1);
        }
    }

    @Test
    void aTableGoesWithEverythingThatIsInIt() throws IOException {
        var directory = merged();
        var table = StoreFiles.all(directory, ".sst").getFirst();
        assertThat(Files.size(table)).as("it was merged").isGreaterThan(3 << 20);
        StoreFiles.flip(table);
        try (var store = StoreFiles.open(directory, false, logger)) {
            assertThatThrownBy(() -> store.scan(new byte[0], null, (_, _) -> true))
                    .isInstanceOf(StoreException.Damaged.class);
            assertThat(store.warning())
                    .hasValueSatisfying(text -> assertThat(text).contains(name(table)));

            store.write(new Batch().deleteRange(new byte[] {0}, new byte[] {3}), Durability.HANDED_OVER);
            assertThat(store.warning())
                    .as("what may come back keeps its tables")
                    .isPresent();
            store.write(
                    new Batch().deleteRange(new byte[] {0}, new byte[] {3}).put(StoreFiles.key(1), new byte[3]),
                    Durability.FORCED);

            assertThat(store.warning()).isEmpty();
            assertThat(table).doesNotExist();
            assertThat(store.get(StoreFiles.key(1))).hasSize(3);
            assertThat(store.get(StoreFiles.key(2))).isNull();
            StoreFiles.write(store, 0, MORE);
            logger.expect(Logger.Priority.INFO, "goes on as usual");
        }
        try (var store = StoreFiles.open(directory, false)) {
            assertThat(store.warning()).isEmpty();
            assertThat(store.complete()).isTrue();
            assertThat(store.get(StoreFiles.key(2))).isEqualTo(StoreFiles.value(2));
        }
    }

    @Test
    void damageThatNamesNoTableIsMarkedAndGoesWithTheEngine() throws IOException, RocksDBException {
        var directory = UncheckedTables.damaged(home);
        try (var store = StoreFiles.open(directory, false, logger)) {
            assertThat(store.warning()).isEmpty();
            assertThat(unreadable(store)).isPositive();
            requireUnnamed(store.warning());
            StoreFiles.writeAcross(store);
            assertThat(logger.messages(Logger.Priority.WARNING, "was opened again"))
                    .isEmpty();
            assertThat(logger.messages(Logger.Priority.ERROR, "The store found damage"))
                    .as("it says so once")
                    .hasSize(1);
        }
        try (var store = StoreFiles.open(directory, true, logger)) {
            requireUnnamed(store.damage());
            assertThat(store.complete()).isFalse();
            store.identify(StoreFiles.identity(6));
            requireNew(store);
        }
    }

    @Test
    void aMergeThatMeetsDamageAndNamesNoTableDoesNotEndTheWrites() throws IOException, RocksDBException {
        var directory = UncheckedTables.damaged(home);
        try (var store = StoreFiles.open(directory, false, logger)) {
            StoreFiles.writeAcross(store);
            logger.expect(Logger.Priority.WARNING, "stopped at a damaged table, and was opened again");
            requireUnnamed(store.warning());
        }
        try (var store = StoreFiles.open(directory, false, logger)) {
            requireUnnamed(store.warning());
            StoreFiles.write(store, MORE, MORE + 3_000);
            assertThat(logger.messages(Logger.Priority.WARNING, "was opened again"))
                    .hasSize(1);
        }
    }

    @Test
    void damageThatNamesNoTableGoesWithTheLastTableThatMayHaveIt() throws IOException, RocksDBException {
        try (var store = StoreFiles.open(UncheckedTables.damaged(home), false, logger)) {
            assertThat(unreadable(store)).isPositive();
            requireUnnamed(store.warning());
            store.write(new Batch().deleteRange(new byte[] {0}, new byte[] {3}), Durability.FORCED);
            assertThat(store.warning()).isEmpty();
            logger.expect(Logger.Priority.INFO, "goes on as usual");
            StoreFiles.write(store, 0, StoreFiles.RECORDS);
            assertThat(unreadable(store)).isZero();
        }
    }

    private static void requireUnnamed(Optional<String> told) {
        assertThat(told)
                .hasValueSatisfying(
                        text -> assertThat(text).contains("named no table").contains(".sst"));
    }

    @Test
    void anotherEngineTakesItsPlaceWithTheNextNode() throws IOException {
        var directory = StoreFiles.damaged(home);
        try (var store = StoreFiles.open(directory, true, logger)) {
            assertThat(store.complete()).isTrue();
            assertThat(unreadable(store)).isPositive();
        }
        try (var store = StoreFiles.open(directory, true, logger)) {
            assertThat(store.complete()).isFalse();
            assertThat(store.damage())
                    .hasValueSatisfying(text -> assertThat(text).contains(".sst"));
            store.identify(StoreFiles.IDENTITY);
            assertThat(store.complete()).as("the same node").isFalse();
            var foreign = new StoreIdentity(new UUID(2, 2), "files", new NodeId(6), 1, 8, new TreeMap<>());
            assertThatThrownBy(() -> store.identify(foreign)).isInstanceOf(IllegalArgumentException.class);
            store.identify(StoreFiles.identity(6));
            requireNew(store);
            StoreFiles.write(store, 0, 100);
        }
        assertThat(directory.resolve("rocksdb")).as("nothing was copied yet").isNotEmptyDirectory();
        try (var store = StoreFiles.open(directory, true, logger)) {
            requireOwned(store);
            assertThat(store.get(StoreFiles.key(99))).isEqualTo(StoreFiles.value(99));
        }
        assertThat(directory.resolve("rocksdb")).doesNotExist();
        logger.expect(Logger.Priority.INFO, "Removed " + directory.resolve("rocksdb"));
    }

    /// The marker of the old engine said how that one was closed.
    @Test
    void aKillAfterTheReplacementOfAStoreThatWasClosedCostsNothing() throws IOException {
        var directory = StoreFiles.closed(home);
        Files.delete(StoreFiles.all(directory, "MANIFEST").getFirst());
        var killed = home.resolve("killed");
        try (var store = StoreFiles.open(directory, true)) {
            assertThat(store.damage()).isPresent();
            store.identify(StoreFiles.identity(6));
            requireNew(store);
            StoreFiles.write(store, 0, 100);
            Trees.copy(directory, killed);
        }
        for (boolean replaceDamaged : new boolean[] {false, true}) {
            try (var store = StoreFiles.open(StoreFiles.copy(killed, home), replaceDamaged)) {
                requireOwned(store);
                assertThat(store.stoppedCleanly()).isFalse();
                for (int i = 0; i < 100; i++) {
                    assertThat(store.get(StoreFiles.key(i))).isEqualTo(StoreFiles.value(i));
                }
            }
        }
    }

    /// As a node does that joins as a new one, and is killed before it has its new identity.
    @Test
    void aStoreToBeReplacedThatHasDroppedAllIsStillDamaged() throws IOException {
        var directory = merged();
        StoreFiles.flip(StoreFiles.all(directory, ".sst").getFirst());
        var killed = home.resolve("dropped");
        try (var store = StoreFiles.open(directory, true, logger)) {
            assertThatThrownBy(() -> store.scan(new byte[0], null, (_, _) -> true))
                    .isInstanceOf(StoreException.Damaged.class);
            store.write(new Batch().deleteRange(new byte[0], new byte[] {(byte) 0xff}), Durability.FORCED);
            assertThat(store.complete()).isFalse();
            Trees.copy(directory, killed);
        }
        try (var store = StoreFiles.open(killed, true, logger)) {
            assertThat(store.complete()).isFalse();
            assertThat(store.damage())
                    .hasValueSatisfying(text -> assertThat(text).contains(".sst"));
            store.identify(StoreFiles.identity(6));
            requireNew(store);
        }
    }

    @Test
    void whatAPersonPutBesideTheEngineStays() throws IOException {
        var directory = StoreFiles.closed(home);
        for (var name : List.of("rocksdb.damaged", "rocksdb-copy", "rocksdb-7", "rocksdb-1234567890")) {
            Files.writeString(Files.createDirectory(directory.resolve(name)).resolve("CURRENT"), "MANI");
        }
        StoreFiles.open(directory, false, logger).close();
        for (var name : List.of("rocksdb.damaged", "rocksdb-copy", "rocksdb-1234567890", "rocksdb")) {
            assertThat(directory.resolve(name)).isNotEmptyDirectory();
        }
        assertThat(directory.resolve("rocksdb-7")).doesNotExist();
        assertThat(logger.messages(Logger.Priority.INFO, "Removed ")).hasSize(1);
    }

    /// Also one that was killed just after it was replaced, or before.
    @Test
    void theOldOrTheNewEngineIsThereWheneverTheProcessStops() throws IOException {
        var directory = StoreFiles.damaged(home);
        try (var store = StoreFiles.open(directory, true)) {
            assertThat(unreadable(store)).isPositive();
        }
        var before = StoreFiles.copy(directory, home);
        Files.createDirectories(before.resolve("rocksdb-1"));
        Files.writeString(before.resolve("rocksdb-1").resolve("CURRENT"), "MANI");
        try (var store = StoreFiles.open(before, true)) {
            assertThat(store.identity()).contains(StoreFiles.IDENTITY);
            assertThat(store.get(StoreFiles.key(0))).isEqualTo(StoreFiles.value(0));
            store.identify(StoreFiles.identity(6));
            requireNew(store);
        }
        var after = home.resolve("after");
        try (var store = StoreFiles.open(directory, true)) {
            store.identify(StoreFiles.identity(6));
            store.write(new Batch().put(StoreFiles.key(7), new byte[7]), Durability.HANDED_OVER);
            Trees.copy(directory, after);
        }
        assertThat(after.resolve("rocksdb")).isNotEmptyDirectory();
        try (var store = StoreFiles.open(after, true)) {
            requireOwned(store);
            assertThat(store.get(StoreFiles.key(7))).hasSize(7);
        }
        assertThat(after.resolve("rocksdb")).doesNotExist();
    }

    private static void requireNew(RocksDbStore store) {
        requireOwned(store);
        store.scan(new byte[0], null, (key, _) -> {
            throw new AssertionError("there is a key of the old node");
        });
    }

    private static void requireOwned(RocksDbStore store) {
        assertThat(store.identity()).contains(StoreFiles.identity(6));
        assertThat(store.complete()).isTrue();
        assertThat(store.damage()).isEmpty();
        assertThat(store.warning()).isEmpty();
    }

    private static long unreadable(RocksDbStore store) {
        return IntStream.range(0, StoreFiles.RECORDS)
                .filter(i -> isUnreadable(store, i))
                .count();
    }

    private static boolean isUnreadable(RocksDbStore store, int i) {
        try {
            assertThat(store.get(StoreFiles.key(i))).isEqualTo(StoreFiles.value(i));
            return false;
        } catch (StoreException.Damaged damaged) {
            return true;
        }
    }

    /// Most of it is in one table, below the newest ones.
    private Path merged() throws IOException {
        var directory = Files.createTempDirectory(home, "merged");
        try (var store = StoreFiles.open(directory, false)) {
            store.identify(StoreFiles.IDENTITY);
            StoreFiles.write(store, 0, StoreFiles.RECORDS);
            StoreFiles.writeAcross(store);
        }
        return directory;
    }

    private static String name(Path table) {
        return String.valueOf(table.getFileName());
    }
}
