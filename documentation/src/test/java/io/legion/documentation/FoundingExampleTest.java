package io.legion.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.Legion;
import io.legion.core.Consistency;
import io.legion.core.PartitionType;
import io.legion.founding.FoundingData;
import io.legion.founding.FoundingState;
import io.legion.founding.GivenUpStore;
import io.legion.founding.JsonLines;
import io.legion.service.ConsoleLogger;
import io.legion.service.Managed;
import io.legion.store.rocksdb.RocksDbStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The programs of `docs/founding.md`.
final class FoundingExampleTest {
    private static final PartitionType<Bank.Account> ACCOUNTS = ReadmeExampleTest.ACCOUNTS;

    private record Row(String name, long cents) {}

    private static Stream<Row> rows() {
        return List.of(new Row("alice", 5), new Row("bob", 7)).stream();
    }

    private static long cents(Path data, FoundingData given) {
        // region: main
        try (var store = RocksDbStore.open(data);
                var legion = Legion.named("bank")
                        .store(store)
                        .mayFound(true)
                        .founding(given) // read once, when this node founds the cluster
                        .open(ACCOUNTS)) {
            // end: main
            return legion.partitions(ACCOUNTS).of("bob").read(Consistency.FINAL).cents();
        }
    }

    @Test
    void aProgramBringsWhatItHas(@TempDir Path home) {
        // region: stream
        FoundingData accounts = FoundingData.of(
                "the accounts of 2026-11-30",
                ACCOUNTS,
                () -> rows().map(row -> FoundingState.of(row.name(), new Bank.Account(row.cents()))));
        // end: stream
        assertThat(cents(home.resolve("store"), accounts)).isEqualTo(7);
        assertThat(cents(home.resolve("store"), accounts)).isEqualTo(7);
    }

    @Test
    void filesOfLinesAreGivenByTheirDirectory(@TempDir Path home) throws IOException {
        var directory = Files.createDirectory(home.resolve("lines"));
        Files.writeString(directory.resolve("account.jsonl"), "{\"key\": \"bob\", \"state\": {\"cents\": 7}}\n");
        // region: lines
        FoundingData accounts = JsonLines.directory(directory, ACCOUNTS);
        // end: lines
        assertThat(cents(home.resolve("store"), accounts)).isEqualTo(7);
    }

    @Test
    void aClusterThatIsGivenUpIsNamed(@TempDir Path home) throws IOException {
        var old = home.resolve("old");
        try (var store = RocksDbStore.open(old);
                var legion = Legion.named("old bank").store(store).open(ACCOUNTS)) {
            legion.partitions(ACCOUNTS).of("bob").request(new Bank.Deposit(7), Consistency.FINAL);
        }
        var logger = ConsoleLogger.open();
        // region: given-up
        FoundingData accounts = GivenUpStore.of("old bank", Managed.of(() -> RocksDbStore.open(old)), logger, ACCOUNTS);
        // end: given-up
        assertThat(cents(home.resolve("store"), accounts)).isEqualTo(7);
    }
}
