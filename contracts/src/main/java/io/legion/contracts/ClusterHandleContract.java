package io.legion.contracts;

import static io.legion.contracts.ClusterNetwork.CLUSTER;
import static io.legion.contracts.ClusterNetwork.OTHER_CLUSTER;
import static io.legion.contracts.ClusterNetwork.self;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.legion.core.Bytes;
import io.legion.core.NodeId;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What every [io.legion.spi.Cluster] does while its node is alone, also one that never has another node:
/// extend it in the tests of an implementation.
public abstract class ClusterHandleContract extends ClusterTopic {

    private static final NodeId NOBODY = new NodeId(77);

    /// For the class that extends it.
    protected ClusterHandleContract() {}

    @Test
    void aNodeAloneHasNoMembersAndHearsNothing() throws Exception {
        var alone = network.join(self(1, CLUSTER), List.of());
        var cluster = alone.handle().cluster();

        assertThat(cluster.discoveryTime()).isGreaterThanOrEqualTo(Duration.ZERO);
        assertThat(cluster.members()).isEmpty();
        assertThat(cluster.send(NOBODY, Bytes.of("x"))).isFalse();

        alone.participation().close();
        assertThat(cluster.members()).isEmpty();
        assertThat(cluster.send(NOBODY, Bytes.of("x"))).isFalse();
        assertThat(alone.ear().all()).isEmpty();
    }

    @Test
    void aFrameThatIsTooLargeForAnybodyIsRefused() throws Exception {
        var cluster = network.open().cluster();
        var largest = Bytes.wrap(new byte[cluster.maxFrameBytes()]);
        var tooLarge = Bytes.wrap(new byte[cluster.maxFrameBytes() + 1]);

        assertThat(cluster.send(NOBODY, largest)).isFalse();
        assertThatThrownBy(() -> cluster.send(NOBODY, tooLarge)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void oneNodeAtATimeTakesPart() throws Exception {
        var handle = network.open();
        var first = network.join(handle, self(1, CLUSTER), List.of());

        assertThatThrownBy(() -> handle.cluster().participate(self(1, CLUSTER), List.of(), new ClusterEar()))
                .isInstanceOf(IllegalStateException.class);

        first.participation().close();
        first.participation().close();
        var second = network.join(handle, self(1, CLUSTER), List.of());
        first.participation().close();

        assertThatThrownBy(() -> handle.cluster().participate(self(1, CLUSTER), List.of(), new ClusterEar()))
                .isInstanceOf(IllegalStateException.class);
        second.participation().close();
        handle.close();
        handle.close();
    }

    @Test
    void aNodeBelongsToOneClusterOnly() throws Exception {
        var joined = network.join(self(1, CLUSTER), List.of()).participation();
        var joining = network.join(self(2, null), List.of()).participation();

        joined.belongsTo(CLUSTER);
        joining.belongsTo(OTHER_CLUSTER);
        joining.belongsTo(OTHER_CLUSTER);

        assertThatThrownBy(() -> joined.belongsTo(OTHER_CLUSTER)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> joining.belongsTo(CLUSTER)).isInstanceOf(IllegalStateException.class);
    }
}
