package io.legion.cluster.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.Legion;
import io.legion.backup.Backup;
import io.legion.backup.BackupProgress;
import io.legion.backup.BackupSettings;
import io.legion.backup.ClusterSource;
import io.legion.core.Consistency;
import io.legion.founding.FoundingData;
import io.legion.founding.FoundingState;
import io.legion.service.RecordingLogger;
import io.legion.service.RecordingMonitor;
import io.legion.store.rocksdb.RocksDbStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A backup of many partitions, and the way back, in little memory. Prints what each step takes.
final class LargeBackupTest {
    private static final int MEGABYTES = Integer.getInteger("legion.backup.megabytes", 32);
    private static final int OF_A_STATE = 1_000;
    private static final int PARTITIONS = MEGABYTES * 1_000;

    @TempDir
    private Path home;

    private final RecordingLogger logger = RecordingLogger.open();

    private Legion open(RocksDbStore store, FoundingData data) {
        return Legion.named("large").store(store).logger(logger).founding(data).open(Journal.TYPE);
    }

    private RocksDbStore store(String name) {
        return RocksDbStore.open(RocksDbStore.Config.of(home.resolve(name)), logger, RecordingMonitor.open());
    }

    /// Text that deflates to some six tenths, as much text does.
    private static String ballast(int seed) {
        var text = new StringBuilder(OF_A_STATE);
        new Random(seed).ints(OF_A_STATE, 'a', 'z' + 1).forEach(letter -> text.append((char) letter));
        return text.toString();
    }

    private static FoundingData data() {
        return FoundingData.of(
                PARTITIONS + " journals",
                Journal.TYPE,
                () -> IntStream.range(0, PARTITIONS)
                        .mapToObj(i -> FoundingState.of("journal-" + i, new Journal(List.of(), ballast(i)))));
    }

    private static void timed(String what, Runnable action) {
        long begin = System.nanoTime();
        action.run();
        System.out.printf("%s of %d MB: %.1f s%n", what, MEGABYTES, (System.nanoTime() - begin) / 1e9);
    }

    @Test
    void manyPartitionsAreBackedUpProvedAndRestored() {
        var backups = home.resolve("backups");
        try (var store = store("old");
                var legion = open(store, data())) {
            var said = new AtomicLong();
            timed(
                    "Backup",
                    () -> Backup.take(
                            ClusterSource.of(legion),
                            backups,
                            BackupSettings.USUAL,
                            (_, _, bytes) -> said.accumulateAndGet(bytes, Math::max)));
            assertThat(said.get()).isGreaterThan((long) MEGABYTES * OF_A_STATE * 1_000);
            legion.partitions(Journal.TYPE).of("journal-7").request(new Journal.Append(1, ""), Consistency.FINAL);
            timed(
                    "The next backup",
                    () -> Backup.take(ClusterSource.of(legion), backups, BackupSettings.USUAL, BackupProgress.NONE));
        }
        var backup = Backup.at(backups);
        assertThat(backup.summary().states()).isEqualTo(PARTITIONS);
        assertThat(backup.summary().writtenBytes()).isLessThan(2_000_000);
        timed("The check", () -> assertThat(backup.damages(BackupProgress.NONE)).isEmpty());
        timed("The restore", () -> {
            try (var store = store("new");
                    var legion = open(store, backup)) {
                var journals = legion.partitions(Journal.TYPE);
                assertThat(journals.of("journal-7").read(Consistency.FINAL).markers())
                        .containsExactly(1L);
                var last = PARTITIONS - 1;
                assertThat(journals.of("journal-" + last)
                                .read(Consistency.FINAL)
                                .ballast())
                        .isEqualTo(ballast(last));
            }
        });
    }
}
