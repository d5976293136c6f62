package io.legion.store.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.legion.core.NodeId;
import io.legion.service.ByteSize;
import io.legion.service.RecordingLogger;
import io.legion.service.RecordingMonitor;
import io.legion.spi.Batch;
import io.legion.spi.Durability;
import io.legion.spi.Store;
import io.legion.spi.StoreException;
import io.legion.spi.StoreIdentity;
import io.legion.store.rocksdb.engine.Logs;
import io.legion.store.rocksdb.open.OpenStore;
import io.legion.store.rocksdb.open.Opening;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Another program fills the disk, and makes room again.
@Execution(ExecutionMode.CONCURRENT)
final class FullDiskTest {
    private static final StoreIdentity IDENTITY =
            new StoreIdentity(new UUID(1, 1), "full", new NodeId(5), 1, 8, new TreeMap<>());
    private static final int VALUE = 64 << 10;
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
    private int written;

    /// Each takes some seconds.
    private static int rounds(Durability durability) {
        return durability == Durability.FORCED ? 2 : 1;
    }

    @ParameterizedTest
    @EnumSource(names = {"HANDED_OVER", "FORCED"})
    void theStoreIsReadMeanwhileAndTakesWritesAgainByItself(Durability durability) throws Exception {
        try (var disk = small()) {
            var store = disk.open();
            store.identify(IDENTITY);
            write(store, durability);
            for (int round = 0; round < rounds(durability); round++) {
                var filler = disk.fill();
                writeUntilFull(store, durability);
                int acknowledged = written;
                for (int i = 0; i < acknowledged; i++) {
                    assertThat(store.get(key(i))).hasSize(VALUE);
                }
                assertThat(store.get(key(acknowledged))).isNull();
                Files.delete(filler);
                awaitWritten(store, durability);
                assertThat(store.get(key(acknowledged))).hasSize(VALUE);
            }
            disk.crash();
            requireAll(disk.open());
            disk.shut();
            requireAll(disk.open());
        }
    }

    @Test
    void aStoreWhoseFirstWriteFindsAFullDiskAndThatIsClosedInAnotherOneHasAllThatItAcknowledged() throws Exception {
        try (var disk = small()) {
            var store = disk.open();
            store.identify(IDENTITY);
            var filler = disk.fill();
            writeUntilFull(store, Durability.HANDED_OVER);
            Files.delete(filler);
            awaitWritten(store, Durability.HANDED_OVER);
            filler = disk.fill();
            writeUntilFull(store, Durability.HANDED_OVER);
            disk.shut();
            Files.delete(filler);
            requireAll(disk.open());
        }
    }

    /// The engine begins a new log, and has no room for the table.
    @Test
    void aStoreThatIsClosedAfterTheEngineTriedInVainToGoOnHasAllThatItAcknowledged() throws Exception {
        try (var disk = small()) {
            var store = disk.open();
            store.identify(IDENTITY);
            var filler = disk.fill();
            disk.free(filler, VALUE * 3 / 2);
            writeUntilFull(store, Durability.FORCED);
            var engine = disk.directory().resolve("rocksdb");
            var torn = Logs.all(engine).last();
            var files = disk.fillInodes();
            Files.delete(filler);
            await(() -> !Logs.all(engine).last().equals(torn));
            assertThat(Files.size(engine.resolve(torn))).isPositive();
            store.inside().raiseFloor();
            disk.shut();
            Trees.remove(files);
            requireAll(disk.open());
        }
    }

    /// The engine never goes on if it had no file for its next log, whatever room there is afterwards.
    @Test
    void aStoreThatDoesNotGoOnThoughThereIsRoomHasFailed() throws Exception {
        try (var disk = small()) {
            try (var store = impatient(disk.directory())) {
                store.identify(IDENTITY);
                write(store, Durability.HANDED_OVER);
                var files = disk.fillInodes();
                writeUntilFull(store, Durability.HANDED_OVER);
                int acknowledged = written;
                Trees.remove(files);
                await(() -> hasFailed(store));
                assertThatThrownBy(() -> write(store, Durability.HANDED_OVER))
                        .isNotInstanceOf(StoreException.Full.class)
                        .hasMessageContaining("start the node again");
                assertThat(store.get(key(0))).hasSize(VALUE);
                assertThat(store.get(key(acknowledged))).isNull();
            }
            var again = disk.open();
            requireAll(again);
            write(again, Durability.HANDED_OVER);
        }
    }

    /// Gives the engine 7.5 s instead of 30 s: it tries every 5 s.
    private static OpenStore impatient(Path directory) {
        return Opening.open(
                RocksDbStore.Config.of(directory),
                RecordingLogger.open(new RecordingLogger.Config(1000)),
                RecordingMonitor.open(),
                () -> 4 * System.nanoTime(),
                () -> {});
    }

    @Test
    void asMuchRoomAsTheMessageAsksForIsEnough() throws Exception {
        try (var disk = small()) {
            var store = disk.open();
            store.identify(IDENTITY);
            for (int i = 0; i < 200; i++) {
                write(store, Durability.HANDED_OVER);
            }
            var filler = disk.fill();
            var full = writeUntilFull(store, Durability.HANDED_OVER);
            disk.free(filler, needed(full));
            awaitWritten(store, Durability.HANDED_OVER);
        }
    }

    @Test
    void aDiskThatIsFullAtTheStartOrAtTheCloseRefusesThem() throws Exception {
        try (var disk = small()) {
            var store = disk.open();
            store.identify(IDENTITY);
            var place = Files.createDirectory(disk.mount().resolve("new"));
            Files.writeString(place.resolve("lock"), "1");
            var files = disk.fillInodes();
            assertThatThrownBy(disk::shut)
                    .isInstanceOf(StoreException.class)
                    .isNotInstanceOf(StoreException.Full.class)
                    .hasMessageContaining("No space left on device")
                    .hasMessageContaining("The store is closed, without the mark of a clean stop");
            assertThatThrownBy(() -> RocksPlace.open(place))
                    .isInstanceOf(StoreException.class)
                    .isNotInstanceOf(StoreException.Full.class)
                    .hasMessageContaining("No space left on device")
                    .hasMessageContaining("The store was not opened");
            Trees.remove(files);
            requireAll(disk.open());
        }
    }

    /// With each number of inodes that is too small the engine fails at another file, which it was about to make and
    /// which is not there. No damage: nothing may be replaced.
    @Test
    void aDiskWithoutInodesIsRefusedAtTheStartWhateverTheSettings() throws Exception {
        try (var disk = small()) {
            var store = disk.open();
            store.identify(IDENTITY);
            write(store, Durability.HANDED_OVER);
            disk.shut();
            var before = kinds(disk);
            var files = disk.fillInodes();
            int tries = 1;
            for (; isRefusedAsFull(disk); tries++) {
                assertThat(tries).isLessThan(20);
                assertThat(isRefusedAsFull(disk))
                        .as("a machine starts it again")
                        .isTrue();
                assertThat(kinds(disk)).as("with %d inodes", tries - 1).isEqualTo(before);
                removeOneOf(files);
            }
            assertThat(tries).as("numbers of inodes that were too small").isGreaterThan(2);
            Trees.remove(files);
            requireAll(disk.open());
        }
    }

    /// No damage: nothing may be replaced.
    @Test
    void aDiskThatTurnedReadOnlyIsRefusedAtTheStartWhateverTheSettings() throws Exception {
        try (var disk = small()) {
            disk.open().identify(IDENTITY);
            disk.shut();
            var before = Trees.contents(disk.directory());
            disk.remount("ro");
            for (boolean replaceDamaged : new boolean[] {false, true}) {
                assertThatThrownBy(() -> StoreFiles.open(disk.directory(), replaceDamaged))
                        .isInstanceOf(StoreException.class)
                        .isNotInstanceOf(StoreException.Damaged.class)
                        .hasMessageContaining("Read-only file system");
            }
            disk.remount("rw");
            assertThat(Trees.contents(disk.directory())).isEqualTo(before);
            requireAll(disk.open());
        }
    }

    /// The files of the store, without their numbers, and without those in which RocksDB tells of its work: of these it
    /// keeps three.
    private static List<String> kinds(SmallDisk disk) throws IOException {
        var names = Trees.contents(disk.directory()).keySet();
        assertThat(names.stream().filter(FullDiskTest::isTale)).hasSizeLessThanOrEqualTo(3);
        return names.stream()
                .filter(name -> !isTale(name))
                .map(name -> name.replaceAll("\\d+", "*"))
                .sorted()
                .toList();
    }

    private static boolean isTale(String name) {
        return name.startsWith("rocksdb/LOG");
    }

    private boolean isRefusedAsFull(SmallDisk disk) {
        try (var store = StoreFiles.open(disk.directory(), true)) {
            requireAll(store);
            return false;
        } catch (StoreException refused) {
            assertThat(refused)
                    .isNotInstanceOf(StoreException.Damaged.class)
                    .hasMessageContaining("No space left on device");
            return true;
        }
    }

    private static void removeOneOf(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            Files.delete(files.findFirst().orElseThrow());
        }
    }

    private boolean hasFailed(Store store) {
        try {
            write(store, Durability.HANDED_OVER);
        } catch (StoreException.Full stillFull) {
            return false;
        } catch (StoreException failed) {
            return true;
        }
        throw new AssertionError("the engine goes on");
    }

    private static long needed(StoreException.Full full) {
        var size = Pattern.compile("once (.*?B) are free").matcher(String.valueOf(full.getMessage()));
        assertThat(size.find()).as(full.getMessage()).isTrue();
        return ByteSize.parse(size.group(1)).bytes();
    }

    private static void await(Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.call()) {
            assertThat(System.nanoTime()).as("not within %s", PATIENCE).isLessThan(end);
            LockSupport.parkNanos(100_000_000);
        }
    }

    private void requireAll(Store store) {
        for (int i = 0; i < written; i++) {
            assertThat(store.get(key(i))).hasSize(VALUE);
        }
        assertThat(store.damage()).isEmpty();
        assertThat(store.complete()).isTrue();
    }

    private static SmallDisk small() throws Exception {
        var disk = SmallDisk.mounted("size=128m,nr_inodes=100");
        Assumptions.assumeTrue(disk.isPresent(), "this process may not mount a file system");
        return disk.get();
    }

    private StoreException.Full writeUntilFull(Store store, Durability durability) {
        for (int i = 0; i < 1000; i++) {
            try {
                write(store, durability);
            } catch (StoreException.Full full) {
                assertThat(full).hasMessageContaining("Make room on the disk");
                return full;
            }
        }
        throw new AssertionError("a full disk took 62 MiB");
    }

    private void awaitWritten(Store store, Durability durability) throws Exception {
        await(() -> {
            try {
                write(store, durability);
                return true;
            } catch (StoreException.Full stillFull) {
                return false;
            }
        });
    }

    private void write(Store store, Durability durability) {
        var value = new byte[VALUE];
        random.nextBytes(value);
        store.write(new Batch().put(key(written), value), durability);
        written++;
    }

    private static byte[] key(int number) {
        return new byte[] {(byte) (number >> 8), (byte) number};
    }
}
