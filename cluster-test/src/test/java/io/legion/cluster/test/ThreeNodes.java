package io.legion.cluster.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.Legion;
import io.legion.cluster.jgroups.JGroupsCluster;
import io.legion.core.Consistency;
import io.legion.operations.NodeReport;
import io.legion.operations.ShardReport;
import io.legion.service.ByteSize;
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

/// Three nodes in this process, numbered from 0, each with a store on the disk. Used by one thread.
final class ThreeNodes implements AutoCloseable {
    static final int PARTITIONS = 400;

    private static final int SHARDS = 4;

    /// A running node with all that is its own.
    private record Running(Legion legion, JGroupsCluster cluster, RocksDbStore store) {
        void close() {
            legion.close();
            cluster.close();
            store.close();
        }
    }

    private final RecordingLogger logger = RecordingLogger.open(new RecordingLogger.Config(10_000));
    private final List<String> addresses = new ArrayList<>();
    private final List<Running> nodes = new ArrayList<>();
    private final Path home;

    private ThreeNodes(Path home) {
        this.home = home;
    }

    /// Starts them, and waits until each has a copy of everything.
    static ThreeNodes start(Path home) {
        var three = new ThreeNodes(home);
        for (int i = 0; i < 3; i++) {
            three.addresses.add("127.0.0.1:" + freePort());
        }
        for (int i = 0; i < 3; i++) {
            three.nodes.add(three.open(i, false));
        }
        three.assertSoon("every shard has three participants", three::allTakePart);
        return three;
    }

    /// The directory of a node's store.
    static Path store(Path home, int number) {
        return home.resolve("node-" + number);
    }

    RecordingLogger logger() {
        return logger;
    }

    Legion legion(int number) {
        return nodes.get(number).legion;
    }

    NodeReport.StoreReport storeReport(int number) {
        return legion(number).operations().report().store();
    }

    void close(int number) {
        nodes.get(number).close();
    }

    /// Opens a node again that was closed.
    void reopen(int number, boolean replaceDamaged) {
        nodes.set(number, open(number, replaceDamaged));
    }

    private Running open(int number, boolean replaceDamaged) {
        var config = RocksDbStore.Config.of(store(home, number))
                .withWriteBuffer(ByteSize.parse("1 MiB"))
                .withReplaceDamaged(replaceDamaged);
        var store = RocksDbStore.open(config, logger.named("store"), RecordingMonitor.open());
        var others = addresses.stream()
                .filter(address -> !address.equals(addresses.get(number)))
                .toList();
        var cluster = JGroupsCluster.open(addresses.get(number), others.toArray(String[]::new));
        var legion = Legion.named("three")
                .shards(SHARDS)
                .mayFound(number == 0)
                .store(store)
                .cluster(cluster)
                .logger(logger)
                .monitor(RecordingMonitor.open())
                .open(Journal.TYPE);
        return new Running(legion, cluster, store);
    }

    boolean allTakePart() {
        return nodes.stream().allMatch(node -> {
            var shards = node.legion.operations().shards();
            return shards.size() == SHARDS && shards.stream().allMatch(ThreeNodes::isWhole);
        });
    }

    private static boolean isWhole(ShardReport shard) {
        return shard.phase() == ShardReport.Phase.PARTICIPATING
                && !shard.returning()
                && shard.participants().size() == 3;
    }

    /// FINAL, in every shard, within the time that a request waits, at the first two nodes.
    void append(String filler) {
        for (int i = 0; i < PARTITIONS; i++) {
            var partition = legion(i % 2).partitions(Journal.TYPE).of("journal-" + i);
            partition.request(new Journal.Fill(filler + noise(i)), Consistency.FINAL);
        }
    }

    /// Does not compress, so that most blocks are of states.
    static String noise(int seed) {
        var text = new StringBuilder();
        new Random(seed).ints(1_000, 'a', 'z' + 1).forEach(letter -> text.append((char) letter));
        return text.toString();
    }

    void assertAllTakePart(String when) {
        assertSoon("every node takes part in every shard: " + when, this::allTakePart);
    }

    void assertEqualStates() {
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

    void assertSoon(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(() -> what + "; but " + standing()).isLessThan(deadline);
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    /// Where the nodes stand, and what they said: for the message of an assertion that failed.
    private String standing() {
        var text = new StringBuilder("the shards are");
        nodes.forEach(node -> node.legion
                .operations()
                .shards()
                .forEach(shard -> text.append("\n  ")
                        .append(node.legion.node())
                        .append(": ")
                        .append(shard)));
        text.append("\nand the nodes said");
        logger.messages().forEach(message -> text.append("\n  ").append(message));
        return text.toString();
    }

    @Override
    public void close() {
        nodes.forEach(Running::close);
    }
}
