package io.legion.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.Legion;
import io.legion.Search;
import io.legion.cluster.jgroups.JGroupsCluster;
import io.legion.core.Consistency;
import io.legion.core.PartitionType;
import io.legion.core.Tag;
import io.legion.store.rocksdb.RocksDbStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The programs of `README.md`.
final class ReadmeExampleTest {
    static final PartitionType<Bank.Account> ACCOUNTS = PartitionType.named("account", new Bank.Account(0))
            .events(Bank.Deposit.class)
            .index(account -> Set.of(Tag.of("cents", account.cents())));

    @Test
    void theFirstProgramPrintsTheAnswer() {
        var standard = System.out;
        var printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            Bank.main(new String[0]);
        } finally {
            System.setOut(standard);
        }
        assertThat(printed.toString(StandardCharsets.UTF_8)).isEqualTo("5" + System.lineSeparator());
    }

    private static List<String> run(Path data, boolean first, String address, String... others) {
        // region: node
        try (var store = RocksDbStore.open(data); // a directory of its own
                var cluster = JGroupsCluster.open(address, others); // such as "127.0.0.1:7760"
                var legion = Legion.named("bank")
                        .store(store)
                        .cluster(cluster)
                        .mayFound(first) // true on one node only
                        .open(ACCOUNTS)) {
            // end: node
            var bank = legion.partitions(ACCOUNTS);
            bank.of("alice").request(new Bank.Deposit(100), Consistency.FAST);
            bank.of("alice").request(new Bank.Deposit(50), Consistency.FINAL);
            return bank.searchAll(Search.atLeast("cents", 100))
                    .map(record -> record.key() + " has " + record.tag().number())
                    .toList();
        }
    }

    @Test
    void aNodeOnDiskKeepsWhatItHas(@TempDir Path directory) throws IOException {
        var store = directory.resolve("store");
        assertThat(run(store, true, freeAddress())).containsExactly("alice has 150");
        assertThat(run(store, true, freeAddress())).containsExactly("alice has 300");
    }

    private static String freeAddress() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return "127.0.0.1:" + socket.getLocalPort();
        }
    }
}
