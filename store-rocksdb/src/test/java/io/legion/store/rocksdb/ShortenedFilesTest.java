package io.legion.store.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.legion.core.NodeId;
import io.legion.service.ByteSize;
import io.legion.service.Logger;
import io.legion.service.RecordingLogger;
import io.legion.service.RecordingMonitor;
import io.legion.spi.Batch;
import io.legion.spi.Durability;
import io.legion.spi.StoreException;
import io.legion.spi.StoreIdentity;
import io.legion.store.rocksdb.files.StoreExtent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// A store never opens with less than it had, without a word: shortened files, older files in their place, and
/// flipped bits are refused or named.
@Execution(ExecutionMode.CONCURRENT)
final class ShortenedFilesTest {

    private static final StoreIdentity IDENTITY =
            new StoreIdentity(new UUID(1, 1), "shortened", new NodeId(5), 1, 8, new TreeMap<>());
    private static final int RECORDS = 3_000;
    private static final int BYTES = 1_000;
    private static final int FLIPS = 40;

    @TempDir
    private Path home;

    @Test
    void aShortenedManifestAfterACleanStop() throws IOException {
        var directory = closedStore();
        cut(manifest(directory), 0.5);

        refused(directory)
                .hasMessageContaining("its files go to change ")
                .hasMessageContaining("was closed at change ");
    }

    @Test
    void aManifestThatLacksOnlyItsLastRecordAfterACleanStop() throws IOException {
        var directory = closedStore();
        cut(manifest(directory), 0.99);

        refused(directory);
    }

    @Test
    void theFilesOfAnEarlierStopAfterACleanStop() throws IOException {
        var directory = closedStore();
        var earlier = home.resolve("earlier");
        Trees.copy(directory.resolve("rocksdb"), earlier);
        try (var store = open(directory)) {
            store.write(new Batch().put(key(RECORDS), new byte[1]), Durability.HANDED_OVER);
        }
        Trees.remove(directory.resolve("rocksdb"));
        Trees.copy(earlier, directory.resolve("rocksdb"));

        refused(directory).hasMessageContaining("was closed at change ");
    }

    @Test
    void anEarlierManifestAfterACleanStop() throws IOException {
        var directory = closedStore();
        var earlier = home.resolve("earlier");
        Trees.copy(directory.resolve("rocksdb"), earlier);
        open(directory).close();
        for (var name :
                new String[] {"CURRENT", String.valueOf(manifestOf(earlier).getFileName())}) {
            Files.deleteIfExists(directory.resolve("rocksdb").resolve(name));
            Files.copy(earlier.resolve(name), directory.resolve("rocksdb").resolve(name));
        }

        refused(directory).hasMessageContaining("was closed at change ");
    }

    @Test
    void aShortenedManifestAfterAKill() throws IOException {
        for (double part : new double[] {0.1, 0.5, 0.9}) {
            var directory = killedStore();
            cut(manifest(directory), part);
            refusedOrNamed(directory);
        }
    }

    @Test
    void aShortenedLogAfterAKill() throws IOException {
        for (double part : new double[] {0, 0.3, 0.7, 0.99}) {
            var directory = killedStore();
            cut(log(directory), part);
            named(directory);
        }
    }

    @Test
    void anEarlierLogAfterAKill() throws IOException {
        var running = Files.createTempDirectory(home, "running");
        var left = home.resolve("left");
        try (var store = RocksPlace.open(running)) {
            store.identify(IDENTITY);
            write(store, 0, 300);
            var earlier = Files.readAllBytes(log(running));
            write(store, 300, 600);
            store.inside().raiseFloor();
            Trees.copy(running, left);
            Files.write(log(left), earlier);
        }

        named(left);
    }

    /// While a table is written there are two logs, and the engine takes a torn end of the first for the last
    /// write.
    @Test
    void theFirstOfTwoLogsAfterAKill() {
        var floor = new StoreExtent(90, "MANIFEST-000005", 100, new TreeMap<>(Map.of("000004.log", 4_000L)));

        assertThat(new StoreExtent(91, "MANIFEST-000005", 100, new TreeMap<>(Map.of("000004.log", 3_999L)))
                        .reaches(floor))
                .isFalse();
        assertThat(new StoreExtent(91, "MANIFEST-000005", 120, new TreeMap<>()).reaches(floor))
                .as("the engine removes logs")
                .isTrue();
        assertThat(new StoreExtent(90, "MANIFEST-000007", 50, new TreeMap<>()).reaches(floor))
                .as("an opening begins another manifest")
                .isTrue();
        assertThat(new StoreExtent(90, "MANIFEST-000003", 500, new TreeMap<>()).reaches(floor))
                .isFalse();
    }

    @Test
    void aFloorThatIsMissingOrDamagedAfterAKill() throws IOException {
        var missing = killedStore();
        Files.delete(missing.resolve("floor"));
        named(missing);

        var random = new Random(7);
        var damaged = killedStore();
        byte[] sound = Files.readAllBytes(damaged.resolve("floor"));
        for (int i = 0; i < FLIPS; i++) {
            var copy = Files.createTempDirectory(home, "copy").resolve("store");
            Trees.copy(damaged, copy);
            Files.write(copy.resolve("floor"), flipped(sound, random.nextInt(sound.length * 8)));
            named(copy);
        }
    }

    @Test
    void aMarkerThatIsMissingOrDamaged() throws IOException {
        var directory = killedStore();
        var marker = directory.resolve("legion-store");
        byte[] sound = Files.readAllBytes(marker);
        for (int bit = 0; bit < sound.length * 8; bit++) {
            Files.write(marker, flipped(sound, bit));
            refused(directory);
        }
        Files.delete(marker);
        refused(directory).hasMessageContaining("not a Legion store");
    }

    @Test
    void aFlippedBitAnywhereIsRefusedOrNamedOrFailsARead() throws IOException {
        var random = new Random(11);
        for (var store : new Path[] {closedStore(), killedStore()}) {
            for (var kind : new String[] {"MANIFEST", ".log", ".sst"}) {
                for (int i = 0; i < FLIPS / 4; i++) {
                    var copy = Files.createTempDirectory(home, "copy").resolve("store");
                    Trees.copy(store, copy);
                    var file = largest(copy, kind);
                    byte[] bytes = Files.readAllBytes(file);
                    if (bytes.length > 0) {
                        int bit = random.nextInt(bytes.length * 8);
                        Files.write(file, flipped(bytes, bit));
                        neverSilentlyLess(copy, kind + ", bit " + bit + " of " + bytes.length * 8L);
                    }
                    Trees.remove(copy);
                }
            }
        }
    }

    @Test
    void damageIsKeptUntilAnotherNodeBegins() throws IOException {
        var directory = killedStore();
        cut(log(directory), 0.5);
        named(directory);
        try (var store = open(directory)) {
            assertThat(store.stoppedCleanly()).isTrue();
            assertThat(store.complete()).isFalse();
            assertThat(store.damage()).isPresent();
            store.identify(new StoreIdentity(new UUID(1, 1), "shortened", new NodeId(6), 1, 8, new TreeMap<>()));
            assertThat(store.complete()).isTrue();
            assertThat(store.damage()).isEmpty();
        }
    }

    @Test
    void writesInMemoryThatAKillLosesAreNoDamage() throws IOException {
        var running = Files.createTempDirectory(home, "running");
        var left = home.resolve("left");
        try (var store = open(running)) {
            store.identify(IDENTITY);
            store.write(new Batch().put(key(1), new byte[1]), Durability.MEMORY);
            store.inside().raiseFloor();
            Trees.copy(running, left);
        }
        try (var store = open(left)) {
            assertThat(store.complete()).isFalse();
            assertThat(store.damage()).isEmpty();
        }
    }

    private static void neverSilentlyLess(Path directory, String what) {
        try (var store = open(directory)) {
            for (int i = 0; i < RECORDS && store.complete(); i++) {
                assertThat(store.get(key(i))).as("%s: record %d", what, i).isNotNull();
            }
        } catch (StoreException refusedOrUnreadable) {
            assertThat(refusedOrUnreadable).hasMessageContaining(".");
        }
    }

    private static void refusedOrNamed(Path directory) {
        try (var store = open(directory)) {
            assertThat(store.damage()).isPresent();
            assertThat(store.complete()).isFalse();
        } catch (StoreException refused) {
            assertThat(refused).hasMessageContaining("cannot be opened");
        }
    }

    private static void named(Path directory) {
        var logger = RecordingLogger.open(new RecordingLogger.Config(1000));
        try (var store =
                RocksDbStore.open(RocksDbStore.Config.of(directory), logger.named("store"), RecordingMonitor.open())) {
            assertThat(store.complete()).as(directory.toString()).isFalse();
            assertThat(store.damage())
                    .hasValueSatisfying(damage -> assertThat(damage).contains("its files go to change "));
        }
        logger.expect(Logger.Priority.ERROR, "lost writes that were acknowledged");
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> refused(Path directory) throws IOException {
        var before = Trees.contents(directory);
        var refusal = assertThatThrownBy(() -> open(directory).close())
                .as(directory.toString())
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(directory.toString());
        assertThat(Trees.contents(directory)).isEqualTo(before);
        return refusal;
    }

    private Path closedStore() throws IOException {
        var directory = Files.createTempDirectory(home, "closed");
        try (var store = open(directory)) {
            store.identify(IDENTITY);
            write(store, 0, RECORDS);
        }
        return directory;
    }

    /// Left by a kill just after the floor was raised: tables, and one log.
    private Path killedStore() throws IOException {
        var directory = closedStore();
        var left = Files.createTempDirectory(home, "killed");
        Files.delete(left);
        try (var store = RocksPlace.open(directory)) {
            write(store, RECORDS, RECORDS + 200);
            store.inside().raiseFloor();
            Trees.copy(directory, left);
        }
        return left;
    }

    /// With a small buffer, so that there are some tables.
    private static RocksDbStore open(Path directory) {
        return RocksDbStore.open(
                RocksDbStore.Config.of(directory).withWriteBuffer(ByteSize.parse("1 MiB")),
                RecordingLogger.open(new RecordingLogger.Config(1000)),
                RecordingMonitor.open());
    }

    private static void write(RocksDbStore store, int from, int to) {
        var random = new Random(from);
        for (int i = from; i < to; i++) {
            var value = new byte[BYTES];
            random.nextBytes(value);
            store.write(new Batch().put(key(i), value), Durability.HANDED_OVER);
        }
    }

    private static byte[] key(int i) {
        return new byte[] {1, (byte) (i >> 8), (byte) i};
    }

    private static Path manifest(Path directory) throws IOException {
        return manifestOf(directory.resolve("rocksdb"));
    }

    private static Path manifestOf(Path engine) throws IOException {
        return engine.resolve(Files.readString(engine.resolve("CURRENT")).strip());
    }

    private static Path log(Path directory) throws IOException {
        return largest(directory, ".log");
    }

    private static Path largest(Path directory, String kind) throws IOException {
        try (var files = Files.list(directory.resolve("rocksdb"))) {
            Optional<Path> largest = files.filter(file -> file.toString().contains(kind))
                    .max(Comparator.comparingLong(file -> file.toFile().length()));
            return largest.orElseThrow();
        }
    }

    private static void cut(Path file, double part) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, (int) (bytes.length * part)));
    }

    private static byte[] flipped(byte[] sound, int bit) {
        byte[] bytes = sound.clone();
        bytes[bit / 8] ^= (byte) (1 << (bit % 8));
        return bytes;
    }
}
