package io.legion.cluster.jgroups;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.cluster.jgroups.link.Greeting;
import io.legion.core.NodeId;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/// Two nodes that look for each other at once may meet on one connection while an introduction is on its way on
/// another one.
final class IntroductionTest {
    private static final NodeId PEER = new NodeId(9);

    @Test
    void anIntroductionThatComesAfterBothHaveMetEndsNothing() throws IOException {
        try (var nodes = new Nodes()) {
            var one = nodes.start(1, JGroupsCluster.Config.of("127.0.0.1:0"));
            try (var peer = HandmadePeer.connect(PEER, one.address())) {
                peer.meet(one);
                long late = peer.greet(Greeting.Stance.INTRODUCTION, 0, 0, 0);
                peer.await(greeting -> greeting.answers() == late);
                assertThat(one.events()).containsExactly("joined " + PEER);
                assertThat(one.cluster().members()).containsExactly(PEER);
            }
        }
    }

    /// The other way round: who knows this node, and has ended what both had, is not a member until both agree anew.
    @Test
    void aPeerThatHasDroppedItsTokenHasLeft() throws IOException {
        try (var nodes = new Nodes()) {
            var one = nodes.start(1, JGroupsCluster.Config.of("127.0.0.1:0"));
            try (var peer = HandmadePeer.connect(PEER, one.address())) {
                peer.meet(one);
                long over = peer.greet(Greeting.Stance.WELCOME, 0, 0, 0);
                peer.await(greeting -> greeting.answers() == over);
                Nodes.await("it is told", () -> one.heard("left " + PEER));
                assertThat(one.cluster().members()).isEmpty();
            }
        }
    }
}
