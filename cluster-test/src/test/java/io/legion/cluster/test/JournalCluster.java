package io.legion.cluster.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.Legion;
import io.legion.PlacementSettings;
import io.legion.backup.Backup;
import io.legion.cluster.jgroups.JGroupsCluster;
import io.legion.core.Consistency;
import io.legion.operations.Operations;
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
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Nodes with journals in this process, each with a store on the disk and a port. Used by one thread.
final class JournalCluster implements AutoCloseable {
    private static final int SHARDS = 8;

    /// A running node with all that is its own.
    private record Running(Legion legion, JGroupsCluster cluster, RocksDbStore store) {
        void close() {
            legion.close();
            cluster.close();
            store.close();
        }
    }

    private final Path home;
    private final int size;
    private final RecordingLogger logger = RecordingLogger.open(new RecordingLogger.Config(10_000));
    private final List<String> addresses = new ArrayList<>();
    private final Map<Integer, Running> nodes = new TreeMap<>();

    JournalCluster(Path home, int size) {
        this.home = home;
        this.size = size;
        for (int i = 0; i < size; i++) {
            addresses.add("127.0.0.1:" + freePort());
        }
    }

    /// Founds it with nothing.
    JournalCluster start() {
        return start(null);
    }

    /// Founds it from a backup.
    JournalCluster startFrom(Backup backup) {
        return start(backup.readableBy(Journal.TYPE));
    }

    private JournalCluster start(@Nullable Backup backup) {
        for (int number = 0; number < size; number++) {
            nodes.put(number, open(number, number == 0 ? backup : null));
        }
        assertSoon("every node takes part in every shard", this::allTakePart);
        return this;
    }

    private Running open(int number, @Nullable Backup backup) {
        var store = RocksDbStore.open(
                RocksDbStore.Config.of(home.resolve("node-" + number)), logger.named("store"), RecordingMonitor.open());
        var others = addresses.stream()
                .filter(address -> !address.equals(addresses.get(number)))
                .toList();
        var cluster = JGroupsCluster.open(addresses.get(number), others.toArray(String[]::new));
        var builder = Legion.named("journals")
                .shards(SHARDS)
                .mayFound(number == 0)
                .placement(PlacementSettings.defaults().withReplaceAfter(Duration.ofSeconds(2)))
                .store(store)
                .cluster(cluster)
                .logger(logger)
                .monitor(RecordingMonitor.open());
        var legion = (backup == null ? builder : builder.founding(backup)).open(Journal.TYPE);
        return new Running(legion, cluster, store);
    }

    private boolean allTakePart() {
        return nodes.values().stream().allMatch(node -> {
            var shards = node.legion.operations().shards();
            return shards.size() == SHARDS && shards.stream().allMatch(this::isWhole);
        });
    }

    private boolean isWhole(ShardReport shard) {
        return shard.phase() == ShardReport.Phase.PARTICIPATING
                && !shard.returning()
                && shard.participants().size() == size;
    }

    int size() {
        return size;
    }

    Legion node(int number) {
        return java.util.Objects.requireNonNull(nodes.get(number)).legion;
    }

    /// The node is gone, as if its process had ended.
    void stop(int number) {
        java.util.Objects.requireNonNull(nodes.remove(number)).close();
    }

    /// Gives so many partitions a ballast.
    void fill(int partitions) {
        for (int i = 0; i < partitions; i++) {
            var _ = node(0).partitions(Journal.TYPE)
                    .of("ballast-" + i)
                    .request(new Journal.Fill("ballast ".repeat(20) + i), Consistency.FAST);
        }
    }

    /// An event that this node alone has to take.
    void append(String key) {
        var _ = node(0).partitions(Journal.TYPE).of(key).request(new Journal.Append(1, ""), Consistency.FAST);
    }

    /// The SHA-256 of the states of each shard, as a node has them.
    Map<Integer, String> digests(int number) {
        var operations = node(number).operations();
        var digests = new TreeMap<Integer, String>();
        for (int shard = 0; shard < SHARDS; shard++) {
            digests.put(shard, digest(operations, shard));
        }
        return digests;
    }

    private static String digest(Operations operations, int shard) {
        var extract = operations.extract(shard, 0);
        for (int section = 0; ; section++) {
            var piece = operations.piece(extract.number(), section, 0, Optional.empty());
            if (piece.isEnd()) {
                return HexFormat.of().formatHex(piece.digest().shared());
            }
        }
    }

    @Override
    public void close() {
        nodes.values().forEach(Running::close);
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    static void assertSoon(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(deadline);
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }
}
