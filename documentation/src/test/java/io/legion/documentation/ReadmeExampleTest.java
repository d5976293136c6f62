package io.legion.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.Legion;
import io.legion.LegionSettings;
import io.legion.core.Applied;
import io.legion.core.Consistency;
import io.legion.core.Event;
import io.legion.core.EventContext;
import io.legion.core.PartitionType;
import io.legion.core.SearchTag;
import io.legion.core.Tag;
import io.legion.memory.SoloCluster;
import io.legion.service.Logger;
import io.legion.service.Monitor;
import io.legion.service.RecordingLogger;
import io.legion.service.RecordingMonitor;
import io.legion.store.rocksdb.RocksDbStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The program of `README.md`.
final class ReadmeExampleTest {

    // region: example
    record Account(long cents) {}

    record Deposit(long cents) implements Event<Account, Long> {
        @Override
        public Applied<Account, Long> apply(Account state, EventContext context) {
            var next = new Account(state.cents() + cents);
            return Applied.of(next, next.cents()); // pure: every replica applies it
        }
    }

    static final PartitionType<Account> ACCOUNTS = PartitionType.named("account", new Account(0))
            .events(Deposit.class)
            .index(account -> Set.of(Tag.of("cents", account.cents())));

    static List<String> run(Path directory, Logger logger, Monitor monitor) {
        var settings = LegionSettings.named("bank");
        try (var store = RocksDbStore.open(RocksDbStore.Config.of(directory), logger, monitor);
                var cluster = SoloCluster.open();
                var legion = Legion.with(settings)
                        .store(store)
                        .cluster(cluster)
                        .logger(logger)
                        .monitor(monitor)
                        .open(ACCOUNTS)) {
            var bank = legion.partitions(ACCOUNTS);
            bank.of("alice").request(new Deposit(100), Consistency.FAST); // FAST: stored here
            bank.of("alice").request(new Deposit(50), Consistency.FINAL); // its place in history never changes
            return bank.search(SearchTag.from(Tag.of("cents", 100)))
                    .map(record -> record.key() + " has "
                            + bank.of(record.key()).read(Consistency.FAST).cents())
                    .toList();
        }
    }
    // end: example

    @Test
    void theProgramDoesWhatTheReadmeSaysAlsoASecondTime(@TempDir Path directory) {
        try (var logger = RecordingLogger.open();
                var monitor = RecordingMonitor.open()) {
            assertThat(run(directory.resolve("store"), logger, monitor)).containsExactly("alice has 150");
            assertThat(run(directory.resolve("store"), logger, monitor)).containsExactly("alice has 300");
        }
    }
}
