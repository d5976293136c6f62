package io.legion.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.legion.Legion;
import io.legion.Search;
import io.legion.StartupException;
import io.legion.core.PartitionType;
import io.legion.core.Tag;
import io.legion.founding.FoundingDataException;
import io.legion.operations.UnreachableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Backups of a cluster of one node, and clusters founded from them.
@Timeout(120)
final class BackupTest {
    private static final int PARTITIONS = 10_000;

    @TempDir
    private Path home;

    private final TestCluster cluster = TestCluster.open();

    @AfterEach
    void close() {
        cluster.close();
    }

    private Path directory() {
        return home.resolve("backups");
    }

    @Test
    void aNewClusterHasAllThatTheBackupHas() {
        cluster.fill(PARTITIONS);

        var taken = cluster.backUp(directory());

        assertThat(taken.number()).isEqualTo(1);
        assertThat(taken.states()).isEqualTo(PARTITIONS);
        assertThat(taken.copiedShards()).isEqualTo(TestCluster.SHARDS);
        var backup = Backup.at(directory());
        assertThat(backup.damages(BackupProgress.NONE)).isEmpty();
        try (var restored = TestCluster.foundedFrom(backup)) {
            assertThat(restored.legion.operations().identity().cluster())
                    .isNotEqualTo(cluster.legion.operations().identity().cluster());
            restored.backUp(home.resolve("second"));
            assertThat(Backup.at(home.resolve("second")).digests()).isEqualTo(backup.digests());
            assertThat(restored.read("key-17")).isEqualTo(new Counter(0, TestCluster.noise(17)));
            assertThat(found(restored, TestCluster.noise(42))).containsExactly("key-42");
            assertThat(restored.count("key-17")).isEqualTo(1);
        }
    }

    private static List<String> found(TestCluster in, String text) {
        return in.legion.partitions(Counter.TYPE).search(Search.of(Tag.of("text", text))).records().stream()
                .map(one -> one.key().text())
                .toList();
    }

    @Test
    void theNewClusterMayHaveAnotherNumberOfShards() {
        cluster.fill(1_000);
        cluster.backUp(directory());

        try (var restored = TestCluster.foundedFrom(Backup.at(directory()), 16)) {
            assertThat(restored.legion.operations().shards()).hasSize(16);
            for (int i = 0; i < 1_000; i++) {
                assertThat(restored.read("key-" + i).text()).isEqualTo(TestCluster.noise(i));
            }
        }
    }

    @Test
    void whatWasAnsweredFastIsInTheBackup() {
        for (int i = 0; i < 200; i++) {
            cluster.count("counted");
            cluster.count("other-" + i);
        }

        cluster.backUp(directory());

        var backup = Backup.at(directory());
        assertThat(TestCluster.in(backup, "counted").count()).isEqualTo(200);
        assertThat(TestCluster.in(backup, "other-199").count()).isEqualTo(1);
        assertThat(TestCluster.in(backup, "never").count()).isZero();
    }

    @Test
    void whatDidNotChangeIsNotCopiedAgain() {
        cluster.fill(PARTITIONS);
        var first = cluster.backUp(directory());

        var same = cluster.backUp(directory());
        assertThat(same.number()).isEqualTo(2);
        assertThat(same.copiedShards()).isZero();
        assertThat(same.writtenBytes()).isZero();

        cluster.write("key-5", "changed");
        var changed = cluster.backUp(directory());
        assertThat(changed.copiedShards()).isEqualTo(1);
        assertThat(changed.states()).isEqualTo(PARTITIONS);
        assertThat(changed.writtenBytes()).isPositive().isLessThan(first.writtenBytes() / 2);
        assertThat(TestCluster.in(Backup.at(directory()), "key-5").text()).isEqualTo("changed");
        assertThat(TestCluster.in(Backup.at(directory(), 2), "key-5").text()).isEqualTo(TestCluster.noise(5));
        for (int number = 1; number <= 3; number++) {
            assertThat(Backup.at(directory(), number).damages(BackupProgress.NONE))
                    .isEmpty();
        }
    }

    @Test
    void aShardIsCopiedWholeBeforeItsSectionsAreInTooManyFiles() {
        cluster.fill(4_000);
        for (int i = 0; i < 20; i++) {
            for (int changed = 0; changed < 8; changed++) {
                cluster.write("key-" + (i * 97 + changed * 501), "changed " + i);
            }
            cluster.backUp(directory());
        }

        assertThat(Backup.at(directory()).damages(BackupProgress.NONE)).isEmpty();
        assertThat(Backup.numbers(directory())).hasSize(7).endsWith(20);
        try (var restored = TestCluster.foundedFrom(Backup.at(directory()))) {
            assertThat(restored.read("key-" + (19 * 97)).text()).isEqualTo("changed 19");
        }
    }

    @Test
    void onlySoManyBackupsAreKeptAndTheirFilesWithThem() throws IOException {
        var two = new BackupSettings(Duration.ofSeconds(30), false, 2);
        for (int i = 0; i < 5; i++) {
            cluster.write("key", "text " + i);
            cluster.backUp(directory(), two);
        }

        assertThat(Backup.numbers(directory())).containsExactly(4, 5);
        assertThat(Backup.at(directory(), 4).damages(BackupProgress.NONE)).isEmpty();
        cluster.backUp(directory(), new BackupSettings(Duration.ofSeconds(30), true, 1));
        assertThat(Backup.numbers(directory())).containsExactly(6);
        try (Stream<Path> files = Files.list(directory().resolve("files"))) {
            assertThat(files)
                    .hasSizeGreaterThan(TestCluster.SHARDS)
                    .allMatch(file -> file.getFileName().toString().startsWith("0000006-"));
        }
    }

    @Test
    void aDirectoryOfAnotherClusterIsRefused() {
        cluster.backUp(directory());
        try (var other = TestCluster.open()) {
            assertThatThrownBy(() -> other.backUp(directory()))
                    .isInstanceOf(BackupException.class)
                    .hasMessageContaining("holds backups of the cluster 'counters'")
                    .hasMessageContaining("Name another directory");
        }
        assertThat(Backup.numbers(directory())).containsExactly(1);
    }

    @Test
    void aDirectoryWithOtherContentsIsRefused() throws IOException {
        Files.createDirectories(directory());
        Files.writeString(directory().resolve("letter.txt"), "dear");

        assertThatThrownBy(() -> cluster.backUp(directory()))
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("is not empty and holds no backup");
        assertThatThrownBy(() -> Backup.at(directory()).summary())
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("There is no complete backup");
    }

    @Test
    void anInterruptedBackupLeavesTheEarlierOne() {
        cluster.fill(2_000);
        cluster.backUp(directory());
        cluster.write("key-1", "later");
        var failing = new FailingSource(ClusterSource.of(cluster.legion), 1);

        assertThatThrownBy(() -> Backup.take(failing, directory(), BackupSettings.USUAL, BackupProgress.NONE))
                .isInstanceOf(FailingSource.Failed.class);

        assertThat(Backup.numbers(directory())).containsExactly(1);
        assertThat(Backup.at(directory()).damages(BackupProgress.NONE)).isEmpty();
        assertThat(cluster.backUp(directory()).number()).isEqualTo(2);
        assertThat(TestCluster.in(Backup.at(directory()), "key-1").text()).isEqualTo("later");
    }

    @Test
    void twoBackupsIntoOneDirectoryAreRefused() {
        var source = new FailingSource(ClusterSource.of(cluster.legion), Integer.MAX_VALUE);
        source.meanwhile(() -> assertThatThrownBy(() -> cluster.backUp(directory()))
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("Another backup is being taken"));

        Backup.take(source, directory(), BackupSettings.USUAL, BackupProgress.NONE);

        assertThat(Backup.numbers(directory())).containsExactly(1);
    }

    @Test
    void aProgramThatCannotReadTheStatesIsRefused() {
        cluster.fill(10);
        cluster.backUp(directory());
        var backup = Backup.at(directory());
        var other = PartitionType.named("counter", new Other("")).events(Other.Change.class);

        assertThatThrownBy(() -> backup.readableBy(other).summary())
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("count")
                .hasMessageContaining("Nothing of it was taken in");
        assertThatThrownBy(() -> backup.readableBy().title())
                .isInstanceOf(FoundingDataException.class)
                .hasMessageContaining("'counter'");
    }

    /// The lines that found the cluster start the node again later, when the disk of the backups is away.
    @Test
    void aBackupThatIsNamedAndAwayIsNotMissedUntilSomethingIsAskedOfIt() {
        var away = Backup.at(home.resolve("away"), 3).readableBy(Counter.TYPE);

        assertThatThrownBy(away::title)
                .isInstanceOf(FoundingDataException.class)
                .hasMessageContaining("The backup has no file")
                .hasMessageContaining("backup-0000003.json");
        assertThatThrownBy(() -> TestCluster.foundedFrom(away).close())
                .isInstanceOf(StartupException.class)
                .hasMessageContaining("was not founded. The backup has no file");
    }

    /// As one whose disk has a damaged block there.
    @Test
    void aShardThatOneNodeCannotReadIsTakenFromAnother() {
        cluster.fill(500);
        var failing = FailingSource.atOneNode(ClusterSource.of(cluster.legion));

        var taken = Backup.take(failing, directory(), BackupSettings.USUAL, BackupProgress.NONE);

        assertThat(taken.states()).isEqualTo(500);
        assertThat(Backup.at(directory()).damages(BackupProgress.NONE)).isEmpty();
    }

    /// An older release would leave out what it does not know, in silence.
    @Test
    void aBackupOfALaterVersionIsRefusedByAnOlderRelease() {
        try (var legion = Legion.named("counters").shards(TestCluster.SHARDS).open(Counter.TYPE.version(2))) {
            Backup.take(ClusterSource.of(legion), directory(), BackupSettings.USUAL, BackupProgress.NONE);
        }
        var backup = Backup.at(directory());

        assertThat(backup.readableBy(Counter.TYPE.version(2)).damages(BackupProgress.NONE))
                .isEmpty();
        assertThatThrownBy(() -> backup.readableBy(Counter.TYPE).title())
                .isInstanceOf(FoundingDataException.class)
                .hasMessageContaining("was taken when version 2 of the type 'counter' was active")
                .hasMessageContaining("runs version 1 at most. Nothing of it was taken in");
    }

    @Test
    void anExtractThatNobodyAsksForAgainIsRefused() {
        cluster.fill(10);
        var operations = cluster.legion.operations();

        assertThatThrownBy(() -> operations.piece(99, 0, 0, java.util.Optional.empty()))
                .isInstanceOf(UnreachableException.class)
                .hasMessageContaining("has no extract 99");
        assertThatThrownBy(() -> operations.extract(0, 1_000_000))
                .isInstanceOf(UnreachableException.class)
                .hasMessageContaining("not yet at 1000000");
        assertThatThrownBy(() -> operations.extract(4, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
