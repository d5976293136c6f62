package io.legion.cluster.jgroups;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.core.NodeId;
import io.legion.service.Configuration;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A node listens where another one did before: a node without a disk is another one at each start.
final class SuccessorTest {
    private static final NodeId BEFORE = new NodeId(8);
    private static final NodeId AFTER = new NodeId(9);

    /// In this time it asks for the earlier node a few times, however seldom.
    private static final int QUESTIONS = 30;

    private final Nodes nodes = new Nodes();

    @SuppressWarnings("NullAway.Init")
    private Nodes.One one;

    @BeforeEach
    void aNodeIsGone() throws IOException {
        var impatient = Map.<String, Object>of("listen", "127.0.0.1:0", "unreachableAfter", Duration.ofMillis(500));
        one = nodes.start(1, Configuration.defaults(JGroupsCluster.Config.class, impatient));
        try (var before = HandmadePeer.connect(BEFORE, one.address())) {
            before.meet(one);
        }
        Nodes.await("its connection is gone", () -> one.heard("left " + BEFORE));
    }

    @AfterEach
    void close() {
        nodes.close();
    }

    @Test
    void hearsNothingThatIsForTheNodeBefore() throws IOException {
        try (var after = HandmadePeer.connect(AFTER, one.address())) {
            after.meet(one);
            for (int i = 0; i < QUESTIONS; i++) {
                assertThat(after.answer().yours()).isEqualTo(HandmadePeer.TOKEN);
            }
            assertThat(one.events()).containsExactly("joined " + BEFORE, "left " + BEFORE, "joined " + AFTER);
            assertThat(one.cluster().members()).containsExactly(AFTER);
        }
    }

    @Test
    void theNodeBeforeComesBackInAnotherPlace() throws IOException {
        try (var after = HandmadePeer.connect(AFTER, one.address());
                var back = HandmadePeer.connect(BEFORE, one.address(), 2)) {
            after.meet(one);
            back.meet(one);
            assertThat(one.cluster().members()).containsExactlyInAnyOrder(BEFORE, AFTER);
            assertThat(back.answer().yours()).isEqualTo(HandmadePeer.TOKEN);
        }
    }
}
