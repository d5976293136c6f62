package io.legion.cluster.jgroups.peers;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.cluster.jgroups.JGroupsCluster;
import io.legion.cluster.jgroups.link.Greeting;
import io.legion.cluster.jgroups.link.TypeTexts;
import io.legion.cluster.jgroups.wire.Doorbook;
import io.legion.core.Bytes;
import io.legion.core.NodeId;
import io.legion.service.RecordingLogger;
import io.legion.service.RecordingMonitor;
import io.legion.spi.Cluster;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import org.jgroups.stack.IpAddress;
import org.junit.jupiter.api.Test;

final class PeersTest {

    private static final IpAddress PLACE = new IpAddress(InetAddress.getLoopbackAddress(), 7760);

    private final List<String> refusals = new ArrayList<>();
    private final Peers peers = peers();

    private Peers peers() {
        var logger = RecordingLogger.open();
        var meters = new ClusterMeters(RecordingMonitor.open(), () -> 0);
        var self = new Cluster.Self(new NodeId(0), "peers", 8, new TreeMap<>(), new UUID(1, 1));
        var config = JGroupsCluster.Config.of("127.0.0.1:7760");
        var audience = new Audience(new Refusals(), logger, meters, new Doorbook(), Runnable::run);
        return new Peers(config, self, 1, audience, logger, meters, Runnable::run);
    }

    private final class Refusals implements Cluster.Listener {
        @Override
        public void received(NodeId from, Bytes frame) {}

        @Override
        public void joined(NodeId node, UUID cluster) {}

        @Override
        public void left(NodeId node) {}

        @Override
        public void keptOutAsTwin(String why) {}

        @Override
        public void refused(String why) {
            refusals.add(why);
        }
    }

    private boolean isTaken(long node, Duration at) {
        var greeting = new Greeting(
                Greeting.VERSION,
                new NodeId(node),
                1,
                "peers",
                8,
                new TreeMap<>(),
                TypeTexts.write(new TreeMap<>()),
                false,
                null,
                1,
                false,
                0,
                0,
                0,
                0,
                Greeting.Stance.INTRODUCTION);
        return peers.link(PLACE, greeting, at.toNanos()) != null;
    }

    /// A node without a disk is another one at each start.
    @Test
    void nodesThatAreLongGoneMakeRoomForNewOnes() {
        for (int node = 1; node <= Peers.MOST; node++) {
            assertThat(isTaken(node, Duration.ofMillis(node))).isTrue();
        }
        assertThat(isTaken(5_000, Duration.ofMillis(Peers.MOST)))
                .as("while all were heard of lately")
                .isFalse();
        assertThat(refusals).singleElement().asString().contains("1024 other nodes");

        assertThat(isTaken(5_000, Duration.ofHours(1))).isTrue();
        assertThat(isTaken(5_000, Duration.ofHours(1))).isTrue();
        assertThat(isTaken(5_001, Duration.ofHours(1))).isTrue();
        assertThat(peers.links()).hasSize(Peers.MOST);
    }
}
