package io.legion.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.legion.core.Bytes;
import io.legion.core.NodeId;
import io.legion.runtime.Cluster;
import io.legion.runtime.SoloCluster;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// What of the contract of clusters is left for a cluster of one node.
final class SoloClusterTest {

    private static final Cluster.Self SELF = new Cluster.Self(new NodeId(1), "solo", 16, new UUID(7, 11));
    private static final NodeId OTHER = new NodeId(2);

    private final SoloCluster cluster = SoloCluster.open();
    private final ClusterEar ear = new ClusterEar();

    @Test
    void itHasNoMembersAndDropsEveryFrame() {
        cluster.participate(SELF, List.of(), ear);

        assertThat(cluster.members()).isEmpty();
        assertThat(cluster.send(OTHER, Bytes.of("x"))).isFalse();
        assertThat(ear.all()).isEmpty();
    }

    @Test
    void aFrameThatIsTooLargeIsRefusedAtOnce() {
        var tooLarge = Bytes.wrap(new byte[cluster.maxFrameBytes() + 1]);

        assertThatThrownBy(() -> cluster.send(OTHER, tooLarge)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aHandleTakesPartOnceAtATime() {
        var participation = cluster.participate(SELF, List.of(), ear);
        assertThatThrownBy(() -> cluster.participate(SELF, List.of(), ear)).isInstanceOf(IllegalStateException.class);

        participation.close();
        participation.close();

        cluster.participate(SELF, List.of(), ear).close();
        cluster.close();
        cluster.close();
    }
}
