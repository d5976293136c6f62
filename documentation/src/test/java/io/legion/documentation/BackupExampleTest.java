package io.legion.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.Legion;
import io.legion.backup.Backup;
import io.legion.backup.BackupProgress;
import io.legion.backup.BackupSettings;
import io.legion.backup.ClusterSource;
import io.legion.core.Consistency;
import io.legion.memory.MemoryStore;
import io.legion.service.ByteSize;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The examples of docs/backup.md.
final class BackupExampleTest {
    private final List<String> printed = new ArrayList<>();

    @TempDir
    private Path backups;

    private void print(String line) {
        printed.add(line);
    }

    private void take(Legion legion) {
        // region: take
        var taken = Backup.take(ClusterSource.of(legion), backups, BackupSettings.USUAL, BackupProgress.NONE);
        print("Backup " + taken.number() + " has " + taken.states() + " partitions");
        // end: take
    }

    @Test
    void aBackupIsTakenAndANewClusterFoundedFromIt() {
        try (var legion = Legion.open("bank", Bank.ACCOUNTS)) {
            legion.partitions(Bank.ACCOUNTS).of("alice").request(new Bank.Deposit(5), Consistency.FAST);
            take(legion);
        }
        assertThat(printed).containsExactly("Backup 1 has 1 partitions");

        try (var store = MemoryStore.open(new MemoryStore.Config(new ByteSize(1 << 20)))) {
            // region: restore
            try (var legion = Legion.named("bank")
                    .store(store)
                    .mayFound(true)
                    .founding(Backup.at(backups).readableBy(Bank.ACCOUNTS))
                    .open(Bank.ACCOUNTS)) {
                // end: restore
                assertThat(legion.partitions(Bank.ACCOUNTS)
                                .of("alice")
                                .read(Consistency.FINAL)
                                .cents())
                        .isEqualTo(5);
            }
        }
    }
}
