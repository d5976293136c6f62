package io.legion.store.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.legion.core.NodeId;
import io.legion.service.RecordingLogger;
import io.legion.service.RecordingMonitor;
import io.legion.spi.Batch;
import io.legion.spi.Durability;
import io.legion.spi.StoreException;
import io.legion.spi.StoreIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is refused is left untouched, byte for byte; only the file `lock` may be there afterwards or name who
/// looked.
final class RefusalTest {

    private static final StoreIdentity IDENTITY =
            new StoreIdentity(new UUID(1, 1), "refusals", new NodeId(5), 1, 8, new TreeMap<>());
    private static final int RECORDS = 3000;

    @TempDir
    private Path home;

    @Test
    void aDirectoryOfSomethingElse() throws IOException {
        var directory = Files.createDirectory(home.resolve("documents"));
        Files.writeString(directory.resolve("letter.txt"), "dear");

        refused(directory).hasMessageContaining("not a Legion store").hasMessageContaining("letter.txt");
        assertThat(directory.resolve("lock")).doesNotExist();
    }

    @Test
    void aFileInPlaceOfTheDirectory() throws IOException {
        var file = Files.writeString(home.resolve("file"), "dear");

        assertThatThrownBy(() -> RocksPlace.open(file))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("file");
        assertThat(file).hasContent("dear");
    }

    @Test
    void aNewerFormat() throws IOException {
        var directory = closedStore();
        var marker = directory.resolve("legion-store");
        Files.writeString(marker, Files.readString(marker).replace("legion-store 2", "legion-store 3"));

        refused(directory).hasMessageContaining("format is 3").hasMessageContaining("newer version");
    }

    @Test
    void aDamagedMarker() throws IOException {
        var directory = closedStore();
        var marker = directory.resolve("legion-store");
        Files.writeString(marker, Files.readString(marker).replace("refusals", "refusale"));

        refused(directory).hasMessageContaining("damaged");
    }

    @Test
    void aMarkerThatCanNotBeReplacedLeavesNothingOpen() throws IOException {
        var directory = closedStore();
        var inTheWay = Files.createDirectory(directory.resolve("legion-store.next"));
        var monitor = RecordingMonitor.open();

        assertThatThrownBy(() -> RocksDbStore.open(RocksDbStore.Config.of(directory), RecordingLogger.open(), monitor))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("could not be written");

        assertThatThrownBy(() -> monitor.value("legion.rocksdb.disk.bytes")).hasMessageContaining("no gauge");
        Files.delete(inTheWay);
        try (var store = RocksPlace.open(directory)) {
            assertThat(store.get(key(1))).isNotNull();
            assertThat(store.complete()).isTrue();
        }
    }

    @Test
    void aStoreInUse() throws IOException {
        try (var store = RocksPlace.open(home.resolve("store"))) {
            assertThat(store.identity()).isEmpty();
            refused(home.resolve("store"))
                    .hasMessageContaining(
                            "in use by the process " + ProcessHandle.current().pid());
        }
        RocksPlace.open(home.resolve("store")).close();
    }

    @Test
    void aStoreWithoutItsEngine() throws IOException {
        var directory = closedStore();
        Trees.remove(directory.resolve("rocksdb"));

        refused(directory).hasMessageContaining("cannot be opened");
        assertThat(directory.resolve("rocksdb")).doesNotExist();
    }

    @Test
    void aMissingFileOfTheEngine() throws IOException {
        for (var kind : new String[] {"CURRENT", "MANIFEST", ".sst"}) {
            var directory = closedStore();
            Files.delete(file(directory, kind));
            refused(directory).hasMessageContaining("cannot be opened");
        }
    }

    @Test
    void damageInTheFilesThatSayWhatThereIs() throws IOException {
        for (var kind : new String[] {"CURRENT", "MANIFEST"}) {
            var directory = closedStore();
            damage(file(directory, kind), 0.5);
            refused(directory).hasMessageContaining("cannot be opened");
        }
    }

    @Test
    void aTableCutShort() throws IOException {
        var directory = closedStore();
        var table = file(directory, ".sst");
        Files.write(table, Arrays.copyOf(Files.readAllBytes(table), (int) Files.size(table) / 2));

        refused(directory).hasMessageContaining("cannot be opened");
    }

    @Test
    void damageInTheMiddleOfTheLogAfterACrash() throws IOException {
        for (double at : new double[] {0.0, 0.1, 0.3, 0.5, 0.7, 0.9}) {
            var directory = crashedStore();
            damage(file(directory, ".log"), at);
            refused(directory).hasMessageContaining("cannot be opened");
        }
    }

    @Test
    void aLogThatIsMissingAfterACrash() throws IOException {
        var directory = crashedStore();
        Files.delete(file(directory, ".log"));

        refused(directory).hasMessageContaining("cannot be opened");
    }

    @Test
    void aTornEndOfTheLogIsNoDamageAndLosesOnlyWhatIsTorn() throws IOException {
        var directory = crashedStore();
        var log = file(directory, ".log");
        Files.write(log, Arrays.copyOf(Files.readAllBytes(log), (int) Files.size(log) - 5));

        try (var store = RocksPlace.open(directory)) {
            assertThat(store.get(key(RECORDS - 2))).isNotNull();
            assertThat(store.get(key(RECORDS - 1))).isNull();
        }
    }

    @Test
    void damageInATableIsAFailedReadNeverAnAbsentKey() throws IOException {
        var directory = closedStore();
        damage(file(directory, ".sst"), 0.3);
        int failed = 0;
        try (var store = RocksPlace.open(directory)) {
            for (int i = 0; i < RECORDS; i++) {
                failed += isUnreadable(store, i) ? 1 : 0;
            }
            assertThatThrownBy(() -> store.scan(new byte[0], null, (_, _) -> true))
                    .isInstanceOf(StoreException.Damaged.class)
                    .hasMessageContaining("A read failed");
        }
        assertThat(failed).isBetween(1, RECORDS / 2);
    }

    @Test
    void whatACutShortFoundingLeftIsFinished() throws IOException {
        var directory = Files.createDirectory(home.resolve("cut"));
        Files.writeString(directory.resolve("lock"), "1");
        Files.writeString(directory.resolve("legion-store.next"), "legion-st");
        try (var store = RocksPlace.open(directory)) {
            store.identify(IDENTITY);
            assertThat(store.complete()).isTrue();
        }
        var unowned = home.resolve("unowned");
        RocksPlace.open(unowned).close();
        Files.writeString(unowned.resolve("rocksdb").resolve("CURRENT"), "MANI");
        RocksPlace.open(unowned).close();
    }

    private static boolean isUnreadable(RocksDbStore store, int i) {
        try {
            assertThat(store.get(key(i))).isNotNull();
            return false;
        } catch (StoreException damaged) {
            return true;
        }
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> refused(Path directory) throws IOException {
        var before = Trees.contents(directory);
        var refusal = assertThatThrownBy(() -> RocksPlace.open(directory).close())
                .as(directory.toString())
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(directory.toString());
        assertThat(Trees.contents(directory)).isEqualTo(before);
        return refusal;
    }

    private Path closedStore() throws IOException {
        var directory = Files.createTempDirectory(home, "closed");
        try (var store = RocksPlace.open(directory)) {
            fill(store);
        }
        return directory;
    }

    private Path crashedStore() throws IOException {
        var directory = Files.createTempDirectory(home, "running");
        var left = Files.createTempDirectory(home, "crashed");
        Files.delete(left);
        try (var store = RocksPlace.open(directory)) {
            fill(store);
            Trees.copy(directory, left);
        }
        return left;
    }

    private static void fill(RocksDbStore store) {
        store.identify(IDENTITY);
        var random = new Random(3);
        for (int i = 0; i < RECORDS; i++) {
            var value = new byte[100];
            random.nextBytes(value);
            store.write(new Batch().put(key(i), value), Durability.HANDED_OVER);
        }
    }

    private static byte[] key(int i) {
        return new byte[] {1, (byte) (i >> 8), (byte) i};
    }

    /// The largest file of the engine of this kind.
    private static Path file(Path directory, String kind) throws IOException {
        try (var files = Files.list(directory.resolve("rocksdb"))) {
            return files.filter(file -> file.toString().contains(kind))
                    .max((a, b) -> Long.compare(a.toFile().length(), b.toFile().length()))
                    .orElseThrow();
        }
    }

    private static void damage(Path file, double where) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        int at = (int) (bytes.length * where);
        bytes[at] ^= 0x10;
        Files.write(file, bytes);
    }
}
