package io.legion.cluster.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.operations.NodeReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// R76: damaged files on the disk of one of three nodes hold up nothing for longer than the deadline, and the
/// node has its shards again: by itself, if it can read the rest of its store, else when it is started again,
/// as a new node.
final class DamagedBlockTest {
    private static final int DAMAGED = 2;
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    private Path home = Path.of("");

    @SuppressWarnings("NullAway.Init")
    private ThreeNodes nodes;

    @BeforeEach
    void three() {
        nodes = ThreeNodes.start(home);
    }

    @AfterEach
    void close() {
        nodes.close();
    }

    @Test
    void aDamagedTableOnOneNodeStopsNobodyAndIsMended() throws IOException {
        nodes.append("first");
        damageTable();
        nodes.append("second");

        nodes.assertAllTakePart("a damaged block was met");
        assertThat(nodes.logger().messages())
                .as("another node says so too")
                .anyMatch(message -> message.text().contains("says that shards have stopped there"));
        nodes.assertEqualStates();

        restart(false);
        nodes.append("third");
        nodes.assertAllTakePart("after a restart as well");
        nodes.assertEqualStates();
        assertThat(nodes.legion(0).operations().stoppedShards()).isEmpty();
    }

    @Test
    void aNodeGoesOnWhoseStoreMeetsADamagedTableWhileItMergesThem() throws IOException {
        nodes.append("first");
        nodes.append("second");
        damageTable();
        long end = System.nanoTime() + PATIENCE.toNanos();
        for (int i = 0; nodes.storeReport(DAMAGED).why().isEmpty(); i++) {
            assertThat(System.nanoTime())
                    .as("a merge or a read meets the table")
                    .isLessThan(end);
            nodes.append("more" + i);
        }
        nodes.append("last");
        nodes.assertAllTakePart("a damaged table was met");
        nodes.assertEqualStates();
        assertThat(nodes.storeReport(DAMAGED).state()).isEqualTo(NodeReport.StoreReport.State.OK);
        assertThat(nodes.storeReport(DAMAGED).why()).contains("These tables are damaged");
        assertThat(nodes.logger().messages())
                .as("a merge met it, or else a read of a shard")
                .anyMatch(message -> message.text().contains("stopped at a damaged table, and was opened again")
                        || message.text().contains("says that shards have stopped there"));

        restart(true);
        assertReplaced();
        assertThat(nodes.storeReport(DAMAGED).why()).isEmpty();
    }

    @Test
    void aNodeWhoseFilesAreGoneIsReplacedByOneStart() throws IOException {
        nodes.append("first");
        for (String kind : List.of(".sst", "MANIFEST-", "CURRENT", ".log")) {
            nodes.close(DAMAGED);
            try (var files = Files.newDirectoryStream(engines().getLast(), file -> named(file, kind))) {
                for (var file : files) {
                    Files.delete(file);
                }
            }
            var before = nodes.legion(DAMAGED).node();
            nodes.reopen(DAMAGED, true);
            assertReplaced();
            assertThat(nodes.legion(DAMAGED).node()).isNotEqualTo(before);
            nodes.append("after" + kind);
        }
        var before = nodes.legion(DAMAGED).node();
        restart(true);
        assertThat(nodes.legion(DAMAGED).node()).as("nothing was damaged").isEqualTo(before);
        assertThat(engines()).as("the damaged files are gone").hasSize(1);
    }

    private void restart(boolean replaceDamaged) {
        nodes.close(DAMAGED);
        nodes.reopen(DAMAGED, replaceDamaged);
    }

    private void damageTable() throws IOException {
        nodes.close(DAMAGED);
        StoredTable.withStatesOf(Journal.TYPE, ThreeNodes.store(home, DAMAGED)).damage();
        nodes.reopen(DAMAGED, false);
    }

    private void assertReplaced() {
        nodes.assertAllTakePart("the node is a new one");
        nodes.assertEqualStates();
    }

    private static boolean named(Path file, String kind) {
        return String.valueOf(file.getFileName()).contains(kind);
    }

    /// The one in use is the last.
    private List<Path> engines() throws IOException {
        try (var files = Files.list(ThreeNodes.store(home, DAMAGED))) {
            return files.filter(file -> named(file, "rocksdb")).sorted().toList();
        }
    }
}
