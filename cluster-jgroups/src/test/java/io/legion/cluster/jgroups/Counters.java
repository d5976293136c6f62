package io.legion.cluster.jgroups;

import io.legion.Legion;
import io.legion.LegionBuilder;
import io.legion.core.Applied;
import io.legion.core.Consistency;
import io.legion.core.Event;
import io.legion.core.EventContext;
import io.legion.core.PartitionType;
import io.legion.memory.MemoryStore;
import io.legion.service.ByteSize;
import io.legion.service.Logger;
import io.legion.service.Monitor;
import io.legion.service.RecordingLogger;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/// Whole nodes of a service that counts, over real connections.
public final class Counters {
    private Counters() {}

    public record Count(long value) {}

    public record Add(long by) implements Event<Count, Long> {
        @Override
        public Applied<Count, Long> apply(Count state, EventContext context) {
            return Applied.of(new Count(state.value() + by), state.value() + by);
        }
    }

    static final PartitionType<Count> TYPE =
            PartitionType.named("count", new Count(0)).events(Add.class);

    /// A node in memory.
    record Counter(Legion legion, JGroupsCluster cluster, RecordingLogger logger) implements AutoCloseable {
        long add() {
            return legion.partitions(TYPE)
                    .of("a")
                    .request(new Add(1), Consistency.FINAL)
                    .output();
        }

        boolean logged(Logger.Priority priority, String part) {
            return !logger.messages(priority, part).isEmpty();
        }

        @Override
        public void close() {
            legion.close();
            cluster.close();
        }
    }

    static Counter open(JGroupsCluster.Config config, UnaryOperator<LegionBuilder> change, PartitionType<?>... types) {
        var logger = RecordingLogger.open();
        var cluster = JGroupsCluster.open(config, logger.named("cluster"), Monitor.none());
        var store = MemoryStore.open(new MemoryStore.Config(new ByteSize(256L << 20)));
        try {
            var builder = Legion.named("counters")
                    .shards(4)
                    .store(store)
                    .cluster(cluster)
                    .logger(logger);
            return new Counter(change.apply(builder).open(types), cluster, logger);
        } catch (RuntimeException failed) {
            cluster.close();
            throw failed;
        }
    }

    /// Addresses at which nobody listens.
    static List<String> addresses(int many) {
        return IntStream.range(0, many).mapToObj(_ -> "127.0.0.1:" + freePort()).toList();
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    static JGroupsCluster.Config config(String listen, List<String> all) {
        return JGroupsCluster.Config.of(listen, all.toArray(String[]::new));
    }
}
