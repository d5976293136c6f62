package io.legion.cluster.jgroups;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.legion.core.Bytes;
import io.legion.core.NodeId;
import io.legion.spi.Cluster;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// What a first program opens: addresses, and nothing else.
final class OpenWithAddressesTest {

    private static final class Deaf implements Cluster.Listener {
        @Override
        public void received(NodeId from, Bytes frame) {}

        @Override
        public void joined(NodeId node, UUID cluster) {}

        @Override
        public void left(NodeId node) {}

        @Override
        public void keptOutAsTwin(String why) {}

        @Override
        public void refused(String why) {}
    }

    private static void participate(JGroupsCluster cluster, long node) {
        var self = new Cluster.Self(new NodeId(node), "nodes", 8, new TreeMap<>(), Nodes.CLUSTER);
        var _ = cluster.participate(self, List.of(), new Deaf());
    }

    @Test
    void twoNodesMeetAndTheStandardErrorSaysSo() {
        var printed = new ByteArrayOutputStream();
        var standardError = System.err;
        System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try (var one = JGroupsCluster.open("127.0.0.1:0")) {
            participate(one, 1);
            try (var two = JGroupsCluster.open("127.0.0.1:0", one.address().orElseThrow())) {
                participate(two, 2);
                Nodes.await(
                        "each sees the other",
                        () -> one.members().size() == 1 && two.members().size() == 1);
            }
        } finally {
            System.setErr(standardError);
        }
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("INFO cluster: Listening for other nodes at 127.0.0.1:")
                .contains("INFO cluster: Left the cluster.");
    }

    @Test
    void anOpenNetworkNeedsTheFullSettings() {
        assertThatThrownBy(() -> JGroupsCluster.open("0.0.0.0:7760"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("advertise");
    }
}
