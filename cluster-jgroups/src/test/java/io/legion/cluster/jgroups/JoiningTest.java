package io.legion.cluster.jgroups;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.RepeatedTest;

/// What people read while a node joins.
final class JoiningTest {

    @RepeatedTest(3)
    void aNodeThatJoinsTellsOnceWhoCanBeReached() {
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
            assertThat(nodes.told(joiner, "can be reached")).hasSize(2);
            assertThat(nodes.told(joiner, "can not be reached")).isEmpty();
            assertThat(nodes.told(one, "can be reached")).hasSize(2);
            assertThat(nodes.told(one, "can not be reached")).isEmpty();
        }
    }
}
