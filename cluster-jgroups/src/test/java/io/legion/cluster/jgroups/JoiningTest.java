package io.legion.cluster.jgroups;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// What people read while a node joins.
final class JoiningTest {

    @Test
    void aNodeTellsWhoCanBeReachedWhenItHasJoinedAndNotBefore() {
        try (var nodes = new Nodes()) {
            var one = nodes.start(1, JGroupsCluster.Config.of("127.0.0.1:0"));
            var two = nodes.start(2, JGroupsCluster.Config.of("127.0.0.1:0"), one.address());
            Nodes.await("both see each other", () -> one.sees(two) && two.sees(one));
            var joiner = nodes.join(3, JGroupsCluster.Config.of("127.0.0.1:0"), one.address());
            Nodes.await("it hears of both", () -> joiner.sees(one) && joiner.sees(two));
            assertThat(nodes.told(joiner, "can be reached")).isEmpty();

            joiner.participation().belongsTo(Nodes.CLUSTER);

            Nodes.await("it is in", () -> one.sees(joiner) && two.sees(joiner));
            Nodes.await("it sees both", () -> joiner.sees(one) && joiner.sees(two));
            assertThat(nodes.told(joiner, one.node() + " at " + one.address() + " can be reached"))
                    .hasSize(1);
        }
    }
}
