package io.legion.admin.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.legion.admin.ScriptedCluster;
import io.legion.core.PartitionKey;
import io.legion.operations.Troubles;
import io.legion.operations.Troubles.BusyPartition;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DemandTest {
    private final ScriptedCluster cluster = new ScriptedCluster(3, 4);
    private final Gatherer gatherer =
            new Gatherer(new EachNode(cluster.operations(), Duration.ofSeconds(1)), InstantSource.system());

    private static BusyPartition busy(String key, long sampled) {
        return new BusyPartition("account", PartitionKey.of(key), 1, sampled);
    }

    private void samples(int node, long all, BusyPartition... busiest) {
        cluster.node(node).troubles = new Troubles(List.of(), List.of(busiest), all, List.of());
    }

    private Demand demand() {
        return gatherer.gather().demand();
    }

    @Test
    void theSamplesOfAllNodesCountTogether() {
        samples(1, 60, busy("a", 20), busy("b", 30));
        samples(2, 40, busy("a", 25));
        var demand = demand();
        assertThat(demand.sampled()).isEqualTo(100);
        assertThat(demand.busiest())
                .extracting(BusyPlace::key, BusyPlace::sampled, BusyPlace::percent, BusyPlace::hot)
                .containsExactly(
                        tuple(PartitionKey.of("a"), 45L, 45, false), tuple(PartitionKey.of("b"), 30L, 30, false));
        assertThat(demand.busiest().getFirst().server())
                .contains(cluster.node(1).id());
    }

    /// The table of samples counts up to a 64th of all for a partition that just came into it.
    @Test
    void whatMayBeNoMoreThanTheErrorOfTheSampleIsNotNamed() {
        samples(1, 1_000, busy("a", 49), busy("b", 50));
        assertThat(demand().busiest()).extracting(BusyPlace::percent).containsExactly(5);
    }

    @Test
    void fewSamplesTellNothingOfSinglePartitions() {
        samples(1, 19, busy("a", 19));
        assertThat(demand()).isEqualTo(new Demand(19, List.of()));
        samples(1, 20, busy("a", 20));
        assertThat(demand().busiest()).hasSize(1);
    }

    @Test
    void aPictureThatIsShownLaterKeepsIt() {
        samples(1, 100, busy("a", 60));
        var picture = gatherer.gather();
        assertThat(picture.demand().busiest()).hasSize(1);
        assertThat(picture.asItWas("The node does nothing.").demand()).isEqualTo(picture.demand());
    }

    @Test
    void atMostEightAreNamed() {
        samples(
                1,
                100,
                IntStream.range(0, 12).mapToObj(i -> busy("key " + i, 8)).toArray(BusyPartition[]::new));
        assertThat(demand().busiest()).hasSize(8);
    }
}
