package io.legion.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.legion.Legion;
import io.legion.StartupException;
import io.legion.memory.MemoryStore;
import io.legion.service.ByteSize;
import io.legion.service.RecordingLogger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Whatever is done to a file of a backup, the check says so and names the file, and no cluster is founded from it.
@Timeout(120)
final class DamagedBackupTest {
    private static final int FLIPS = Integer.getInteger("legion.backup.flips", 8);

    @TempDir
    private Path home;

    private Path backups = Path.of("");

    @BeforeEach
    void take() {
        backups = home.resolve("backups");
        try (var cluster = TestCluster.open()) {
            cluster.fill(3_000);
            cluster.backUp(backups);
            cluster.write("key-7", "changed");
            cluster.backUp(backups);
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(backups)) {
            return all.filter(Files::isRegularFile)
                    .map(backups::relativize)
                    .filter(file -> !file.toString().equals("legion-backup.lock"))
                    .filter(this::isUsed)
                    .sorted()
                    .toList();
        }
    }

    /// The first backup has a manifest and lists of its own, which the second one does not need.
    private boolean isUsed(Path file) {
        var copy = copy();
        try {
            Files.delete(copy.resolve(file));
            return !damages(copy).isEmpty();
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }

    private int copies;

    private Path copy() {
        var to = home.resolve("copy-" + copies++);
        try (Stream<Path> all = Files.walk(backups)) {
            for (var from : all.toList()) {
                Files.copy(from, to.resolve(backups.relativize(from).toString()), StandardCopyOption.COPY_ATTRIBUTES);
            }
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
        return to;
    }

    private static List<String> damages(Path directory) {
        try {
            return Backup.at(directory, 2).damages(BackupProgress.NONE);
        } catch (BackupException refused) {
            return List.of(String.valueOf(refused.getMessage()));
        }
    }

    private static void requireNamed(Path directory, Path file, String what) {
        assertThat(damages(directory))
                .as(file + " " + what)
                .isNotEmpty()
                .allSatisfy(damage ->
                        assertThat(damage).contains(directory.resolve(file).toString()));
        requireNotFounded(directory);
    }

    /// Of a section that changed, the file of the first backup has a part that the second one does not need.
    private static void requireNamedOrUnused(Path directory, Path file, String what) {
        if (!damages(directory).isEmpty()) {
            requireNamed(directory, file, what);
        } else {
            assertThat(file.getFileName().toString())
                    .as(what)
                    .startsWith("0000001-")
                    .endsWith(".sections");
            try (var restored = TestCluster.foundedFrom(Backup.at(directory, 2))) {
                assertThat(restored.read("key-7").text()).isEqualTo("changed");
                assertThat(restored.read("key-2999").text()).isEqualTo(TestCluster.noise(2_999));
            }
        }
    }

    private static void requireNotFounded(Path directory) {
        try (var logger = RecordingLogger.open();
                var store = MemoryStore.open(new MemoryStore.Config(new ByteSize(64 << 20)))) {
            assertThatThrownBy(() -> Legion.named("counters")
                            .shards(TestCluster.SHARDS)
                            .store(store)
                            .logger(logger)
                            .founding(Backup.at(directory, 2))
                            .open(Counter.TYPE)
                            .close())
                    .isInstanceOfAny(BackupException.class, StartupException.class);
        }
    }

    @Test
    void everyFileTruncatedFlippedOrDeletedIsNamed() throws IOException {
        var used = files();
        assertThat(used).hasSizeGreaterThan(2 * TestCluster.SHARDS);
        for (var file : used) {
            var deleted = copy();
            Files.delete(deleted.resolve(file));
            requireNamed(deleted, file, "deleted");

            var truncated = copy();
            byte[] content = Files.readAllBytes(backups.resolve(file));
            Files.write(truncated.resolve(file), java.util.Arrays.copyOf(content, content.length / 2));
            requireNamed(truncated, file, "truncated");

            var random = new Random(file.toString().hashCode());
            for (int flip = 0; flip < FLIPS; flip++) {
                var flipped = copy();
                byte[] changed = content.clone();
                int at = random.nextInt(changed.length);
                changed[at] ^= (byte) (1 << random.nextInt(8));
                Files.write(flipped.resolve(file), changed);
                requireNamedOrUnused(flipped, file, "with another bit at " + at);
            }
        }
    }

    @Test
    void aBackupOfALaterFormatIsRefused() throws IOException {
        var manifest = backups.resolve("backup-0000002.json");
        var json = Files.readString(manifest);
        var later = json.replaceFirst("\"format\" : 1,", "\"format\" : 2,");
        assertThat(later).isNotEqualTo(json);
        Files.writeString(manifest, Sealed.again(later));

        assertThatThrownBy(() -> Backup.at(backups).summary())
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("has the format 2, and this release knows 1");
    }

    @Test
    void aBackupOnADamagedOneIsRefusedAndAFullOneIsNot() throws IOException {
        try (var cluster = TestCluster.open()) {
            var own = home.resolve("own");
            cluster.fill(100);
            cluster.backUp(own);
            Files.delete(own.resolve("files").resolve("0000001-00001.sections"));

            assertThatThrownBy(() -> cluster.backUp(own))
                    .isInstanceOf(BackupException.class)
                    .hasMessageContaining("0000001-00001.sections")
                    .hasMessageContaining("--full");
            cluster.backUp(own, new BackupSettings(BackupSettings.USUAL.patience(), true, 1));
            assertThat(Backup.at(own).damages(BackupProgress.NONE)).isEmpty();
        }
    }

    /// A shard that has not changed is not read again, but its list is.
    @Test
    void aBackupOnOneWithoutAListIsRefused() throws IOException {
        try (var cluster = TestCluster.open()) {
            var own = home.resolve("own");
            cluster.fill(100);
            cluster.backUp(own);
            Files.delete(own.resolve("files").resolve("0000001-00001.list"));

            assertThatThrownBy(() -> cluster.backUp(own))
                    .isInstanceOf(BackupException.class)
                    .hasMessageContaining("0000001-00001.list");
        }
    }

    /// The latest manifest says what has not changed, and the others which files stay.
    @Test
    void afterADamagedManifestAFullBackupGoesOnAndSaysSo() throws IOException {
        try (var cluster = TestCluster.open()) {
            var own = home.resolve("own");
            cluster.fill(100);
            cluster.backUp(own);
            cluster.backUp(own);
            var damaged = own.resolve("backup-0000002.json");
            Files.writeString(damaged, "{\"manifest\":");

            assertThatThrownBy(() -> cluster.backUp(own))
                    .isInstanceOf(BackupException.class)
                    .hasMessageContaining(damaged.toString())
                    .hasMessageContaining("--full");
            var taken = cluster.backUp(own, new BackupSettings(Duration.ofSeconds(30), true, 2));

            assertThat(taken.number()).isEqualTo(3);
            assertThat(taken.remarks()).hasSize(2);
            assertThat(taken.remarks().getFirst())
                    .contains("An earlier backup cannot be used: The file " + damaged + " of the backup is damaged");
            assertThat(taken.remarks().getLast())
                    .contains("No older backup was deleted")
                    .contains(damaged.toString());
            assertThat(Backup.numbers(own)).containsExactly(1, 2, 3);
            assertThat(Backup.at(own).damages(BackupProgress.NONE)).isEmpty();

            Files.delete(damaged);
            var next = cluster.backUp(own, new BackupSettings(Duration.ofSeconds(30), false, 2));
            assertThat(next.remarks()).isEmpty();
            assertThat(Backup.numbers(own)).containsExactly(3, 4);
        }
    }

    @Test
    void aFullBackupIntoTheDirectoryOfAnotherClusterIsRefusedWhateverIsDamagedThere() throws IOException {
        Files.writeString(backups.resolve("backup-0000002.json"), "");
        try (var other = TestCluster.open()) {
            assertThatThrownBy(() -> other.backUp(backups, new BackupSettings(Duration.ofSeconds(30), true, 7)))
                    .isInstanceOf(BackupException.class)
                    .hasMessageContaining("holds backups of the cluster 'counters'");
        }
    }
}
