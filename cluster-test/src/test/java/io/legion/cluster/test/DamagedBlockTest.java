package io.legion.cluster.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.Legion;
import io.legion.cluster.jgroups.JGroupsCluster;
import io.legion.core.Consistency;
import io.legion.operations.ShardReport;
import io.legion.service.RecordingLogger;
import io.legion.service.RecordingMonitor;
import io.legion.store.rocksdb.RocksDbStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// R76: one damaged block on the disk of one of three nodes holds up nothing for longer than the deadline,
/// and the node has the shard again, all by itself.
final class DamagedBlockTest {
    private static final int SHARDS = 4;
    private static final int PARTITIONS = 400;

    /// A running node with all that is its own.
    private record Running(Legion legion, JGroupsCluster cluster, RocksDbStore store) {
        void close() {
            legion.close();
            cluster.close();
            store.close();
        }
    }

    @TempDir
    private Path home;

    private final RecordingLogger logger = RecordingLogger.open(new RecordingLogger.Config(10_000));
    private final List<String> addresses = new ArrayList<>();
    private final List<Running> nodes = new ArrayList<>();

    @BeforeEach
    void three() {
        for (int i = 0; i < 3; i++) {
            addresses.add("127.0.0.1:" + freePort());
        }
        for (int i = 0; i < 3; i++) {
            nodes.add(open(i));
        }
        assertSoon("every shard has three participants", this::allTakePart);
    }

    @AfterEach
    void close() {
        nodes.forEach(Running::close);
    }

    @Test
    void aDamagedTableOnOneNodeStopsNobodyAndIsMended() throws IOException {
        append("first");
        nodes.get(2).close();
        StoredTable.largestOf(home.resolve("node-2")).damage();

        nodes.set(2, open(2));
        append("second");

        assertSoon("the damaged node takes part in every shard again", this::allTakePart);
        assertThat(logger.messages())
                .as("another node says so too")
                .anyMatch(message -> message.text().contains("says that shards have stopped there"));
        assertEqualStates();

        nodes.get(2).close();
        nodes.set(2, open(2));
        append("third");
        assertSoon("it does so after a restart as well", this::allTakePart);
        assertEqualStates();
        assertThat(nodes.getFirst().legion.operations().stoppedShards()).isEmpty();
    }

    private Running open(int number) {
        var store = RocksDbStore.open(
                RocksDbStore.Config.of(home.resolve("node-" + number)), logger.named("store"), RecordingMonitor.open());
        var others = addresses.stream()
                .filter(address -> !address.equals(addresses.get(number)))
                .toList();
        var cluster = JGroupsCluster.open(addresses.get(number), others.toArray(String[]::new));
        var legion = Legion.named("damaged")
                .shards(SHARDS)
                .mayFound(number == 0)
                .store(store)
                .cluster(cluster)
                .logger(logger)
                .monitor(RecordingMonitor.open())
                .open(Journal.TYPE);
        return new Running(legion, cluster, store);
    }

    private boolean allTakePart() {
        return nodes.stream().allMatch(node -> {
            var shards = node.legion.operations().shards();
            return shards.size() == SHARDS && shards.stream().allMatch(DamagedBlockTest::isWhole);
        });
    }

    private static boolean isWhole(ShardReport shard) {
        return shard.phase() == ShardReport.Phase.PARTICIPATING
                && !shard.returning()
                && shard.participants().size() == 3;
    }

    /// FINAL, in every shard, within the time that a request waits.
    private void append(String filler) {
        for (int i = 0; i < PARTITIONS; i++) {
            var partition = nodes.get(i % 2).legion.partitions(Journal.TYPE).of("journal-" + i);
            partition.request(new Journal.Fill(filler + noise(i)), Consistency.FINAL);
        }
    }

    /// Does not compress, so that most blocks are of states.
    private static String noise(int seed) {
        var text = new StringBuilder();
        new Random(seed).ints(1_000, 'a', 'z' + 1).forEach(letter -> text.append((char) letter));
        return text.toString();
    }

    private void assertEqualStates() {
        for (int i = 0; i < PARTITIONS; i++) {
            var ballasts = new ArrayList<String>();
            for (Running node : nodes) {
                ballasts.add(node.legion
                        .partitions(Journal.TYPE)
                        .of("journal-" + i)
                        .read(Consistency.FINAL)
                        .ballast());
            }
            assertThat(ballasts).as("partition %d", i).hasSize(3);
            assertThat(ballasts.stream().distinct()).hasSize(1);
        }
        assertSoon("the histories are equal", () -> {
            for (int shard = 0; shard < SHARDS; shard++) {
                int number = shard;
                long different = nodes.stream()
                        .map(node -> node.legion.operations().shard(number).orElseThrow())
                        .map(report -> report.folded() + " " + report.historyHash())
                        .distinct()
                        .count();
                if (different != 1) {
                    return false;
                }
            }
            return true;
        });
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static void assertSoon(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(deadline);
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }
}
