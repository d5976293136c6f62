package io.legion.cluster.jgroups;

import io.legion.core.Bytes;
import io.legion.core.NodeId;
import io.legion.service.Logger;
import io.legion.service.RecordingLogger;
import io.legion.service.RecordingMonitor;
import io.legion.spi.Cluster;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Nodes of one cluster for the tests of this module.
public final class Nodes implements AutoCloseable {

    static final UUID CLUSTER = new UUID(3, 5);

    private final List<JGroupsCluster> opened = new ArrayList<>();
    private final RecordingLogger logger = RecordingLogger.open();

    public Nodes() {}

    /// One of them, and what it heard.
    public record One(
            NodeId node,
            JGroupsCluster cluster,
            Cluster.Participation participation,
            List<Bytes> frames,
            List<String> events,
            RecordingMonitor monitor) {

        public String address() {
            return cluster.address().orElseThrow();
        }

        boolean heard(String... parts) {
            return events.stream().anyMatch(event -> Stream.of(parts).allMatch(event::contains));
        }

        public boolean sees(One other) {
            return cluster.members().contains(other.node);
        }
    }

    /// Opens a node and lets it take part.
    public One start(long id, JGroupsCluster.Config config, String... contacts) {
        return start(id, CLUSTER, config, contacts);
    }

    /// A node that is to join.
    One join(long id, JGroupsCluster.Config config, String... contacts) {
        return start(id, null, config, contacts);
    }

    private One start(long id, @Nullable UUID belongs, JGroupsCluster.Config config, String... contacts) {
        var monitor = RecordingMonitor.open();
        var cluster = JGroupsCluster.open(config, logger.named("node " + id), monitor);
        opened.add(cluster);
        var node = new NodeId(id);
        var frames = new CopyOnWriteArrayList<Bytes>();
        var events = new CopyOnWriteArrayList<String>();
        var self = new Cluster.Self(node, "nodes", 8, new TreeMap<>(), belongs);
        var participation = cluster.participate(self, List.of(contacts), new Cluster.Listener() {
            @Override
            public void received(NodeId from, Bytes frame) {
                frames.add(frame);
            }

            @Override
            public void joined(NodeId joined, UUID id) {
                events.add("joined " + joined);
            }

            @Override
            public void left(NodeId left) {
                events.add("left " + left);
            }

            @Override
            public void keptOutAsTwin(String why) {
                events.add("kept out as twin " + why);
            }

            @Override
            public void refused(String why) {
                events.add("refused " + why);
            }
        });
        return new One(node, cluster, participation, frames, events, monitor);
    }

    /// What a node has logged for people, of those messages that have this part.
    List<String> told(One one, String part) {
        return logger.messages(Logger.Priority.INFO, part).stream()
                .filter(message -> message.name().equals("node " + one.node().value()))
                .map(RecordingLogger.Message::text)
                .toList();
    }

    public void allow(String warning) {
        logger.allow(Logger.Priority.WARNING, warning);
    }

    void expect(String warning) {
        expect(Logger.Priority.WARNING, warning);
    }

    void expect(Logger.Priority priority, String part) {
        logger.expect(priority, part);
    }

    boolean erred(String part) {
        return !logger.messages(Logger.Priority.ERROR, part).isEmpty();
    }

    boolean warned(String part) {
        return !logger.messages(Logger.Priority.WARNING, part).isEmpty();
    }

    static JGroupsCluster.Config secured(@Nullable Tls tls) {
        var usual = JGroupsCluster.Config.of("127.0.0.1:0");
        return new JGroupsCluster.Config(
                usual.listen(), null, null, tls, false, usual.unreachableAfter(), usual.window(), usual.maxFrame());
    }

    /// Waits until it is so.
    ///
    /// @throws AssertionError if it is not within 20 s
    public static void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("Waited in vain for: " + what);
            }
            java.util.concurrent.locks.LockSupport.parkNanos(5_000_000);
        }
    }

    @Override
    public void close() {
        opened.forEach(JGroupsCluster::close);
        logger.failOnUnexpected();
    }
}
