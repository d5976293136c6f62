package io.legion.admin.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.admin.ScriptedCluster;
import io.legion.admin.document.ClusterDocument;
import io.legion.admin.observation.Observation;
import io.legion.admin.picture.EachNode;
import io.legion.admin.picture.Gatherer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What replies cost those who ask next.
class RepliesTest {
    private final ScriptedCluster cluster = new ScriptedCluster(3, 4);
    private final Gatherer gatherer = new Gatherer(
            new EachNode(cluster.operations(), Duration.ofSeconds(1), cluster.nanos::get), () -> ScriptedCluster.NOW);

    @Test
    void aReplyIsWorthOneForEach128KiB() {
        assertThat(Replies.of("x").turns()).isEqualTo(1);
        assertThat(Replies.of("x".repeat(300 << 10)).turns()).isEqualTo(3);
    }

    @Test
    void allWhoAskForAPictureGetOneReply() {
        var kept = new KeptReply(ClusterDocument::of);
        var seen = new Observation(gatherer.gather(), List.of());
        var reply = kept.of(seen);
        assertThat(kept.of(seen)).isSameAs(reply);
        assertThat(reply.ownBytes()).as("it takes memory once").isZero();
        cluster.nanos.incrementAndGet();
        assertThat(kept.of(new Observation(gatherer.gather(), List.of()))).isNotSameAs(reply);
    }
}
