package io.legion.cluster.jgroups;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.core.Bytes;
import io.legion.core.NodeId;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/// A parcel comes before an earlier one, as when another connection takes the place of one.
final class EarlyParcelTest {
    private static final NodeId PEER = new NodeId(9);

    /// They take some seconds, in which the peer answers and so is there.
    private static final int QUESTIONS = 20;

    @Test
    void frameByFrameInTheirOrderAndNobodyHasLeft() throws IOException {
        try (var nodes = new Nodes()) {
            var one = nodes.start(1, JGroupsCluster.Config.of("127.0.0.1:0"));
            try (var peer = HandmadePeer.connect(PEER, one.address())) {
                long token = peer.meet(one);
                peer.send(token, 1, new byte[] {1});
                peer.send(token, 0, new byte[] {0});
                Nodes.await("both have come", () -> one.frames().size() == 2);
                assertThat(one.frames()).containsExactly(Bytes.wrap(new byte[] {0}), Bytes.wrap(new byte[] {1}));
                assertThat(one.events()).containsExactly("joined " + PEER);
            }
        }
    }

    /// The sender says nothing of the parcel that does not come.
    @Test
    void ifTheEarlierOneDoesNotComeThePeerHasLeft() throws IOException {
        try (var nodes = new Nodes()) {
            var one = nodes.start(1, JGroupsCluster.Config.of("127.0.0.1:0"));
            try (var peer = HandmadePeer.connect(PEER, one.address())) {
                long token = peer.meet(one);
                peer.send(token, 1, new byte[] {1});
                for (int i = 0; i < QUESTIONS && !one.heard("left " + PEER); i++) {
                    peer.answer();
                }
                assertThat(one.heard("left " + PEER)).isTrue();
                assertThat(one.frames()).isEmpty();
            }
        }
    }
}
