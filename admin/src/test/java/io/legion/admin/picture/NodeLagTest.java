package io.legion.admin.picture;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.admin.ScriptedCluster;
import io.legion.operations.ShardReport.Phase;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class NodeLagTest {
    private static final Duration A_MOMENT = Duration.ofMillis(40);
    private static final Duration LONG = Duration.ofSeconds(20);

    private final ScriptedCluster cluster = new ScriptedCluster(3, 4);
    private final Gatherer gatherer =
            new Gatherer(new EachNode(cluster.operations(), Duration.ofSeconds(1)), InstantSource.system());

    private NodeLag lag(int number) {
        return gatherer.gather().lags().getOrDefault(cluster.node(number).id(), NodeLag.NONE);
    }

    @Test
    void nobodyIsBehindWhileNothingWaits() {
        assertThat(gatherer.gather().lags()).isEmpty();
    }

    @Test
    void aNodeIsBehindByWhatWaitsForItInAllShards() {
        cluster.node(1).copy(0).waitsFor(cluster.node(3), A_MOMENT);
        cluster.node(1).copy(2).waitsFor(cluster.node(3), LONG);
        var lag = lag(3);
        assertThat(lag.shards()).isEqualTo(2);
        assertThat(lag.events()).isEqualTo(2L * ScriptedCluster.EVENTS_THAT_WAIT);
        assertThat(lag.oldest()).isEqualTo(LONG);
        assertThat(lag.why())
                .isEqualTo("FINAL answers have waited for 20 s for "
                        + cluster.node(3).id() + ".");
        assertThat(lag.next()).startsWith("Look at the nodes that it waits for");
        assertThat(lag(2)).isEqualTo(NodeLag.NONE);
    }

    @Test
    void whatWaitsNoLongerThanUsualHasNoReason() {
        cluster.node(1).copy(0).waitsFor(cluster.node(2), A_MOMENT);
        assertThat(lag(2)).isEqualTo(new NodeLag(1, ScriptedCluster.EVENTS_THAT_WAIT, A_MOMENT, "", ""));
    }

    /// It has originated what the leading copy lacks.
    @Test
    void aNodeWhoseCopyHoldsAsMuchAsTheLeadingOneIsNotBehind() {
        var holder = cluster.node(3);
        var waiting = cluster.node(1).copy(0);
        holder.folded = cluster.node(1).folded + ScriptedCluster.EVENTS_THAT_WAIT;
        holder.copy(0).is(Phase.PARTICIPATING);
        waiting.waitsFor(holder, LONG);
        assertThat(gatherer.gather().lags()).isEmpty();
        holder.folded--;
        holder.copy(0).is(Phase.PARTICIPATING);
        assertThat(lag(3).shards()).isEqualTo(1);
    }

    @Test
    void aCopyOfAnEarlierEpochShowsNothing() {
        cluster.node(3).folded = 100;
        cluster.node(3).copy(0).is(Phase.PARTICIPATING);
        cluster.node(1).copy(0).isOfEpochAndWaitsFor(2, cluster.node(3), LONG);
        assertThat(lag(3).shards()).isEqualTo(1);
    }

    @Test
    void aNodeThatCannotBeAskedIsBehindAsTheOthersSay() {
        cluster.kill(3);
        cluster.node(1).copy(1).waitsFor(cluster.node(3), A_MOMENT);
        assertThat(lag(3).events()).isEqualTo(ScriptedCluster.EVENTS_THAT_WAIT);
        assertThat(lag(3).why()).contains("which the others do not reach");
    }
}
