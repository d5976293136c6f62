package io.legion.contracts;

import static io.legion.contracts.ClusterNetwork.CLUSTER;
import static io.legion.contracts.ClusterNetwork.NAME;
import static io.legion.contracts.ClusterNetwork.OTHER_CLUSTER;
import static io.legion.contracts.ClusterNetwork.SETTINGS;
import static io.legion.contracts.ClusterNetwork.SHARDS;
import static io.legion.contracts.ClusterNetwork.exchange;
import static io.legion.contracts.ClusterNetwork.self;
import static org.assertj.core.api.Assertions.assertThat;

import io.legion.core.Bytes;
import io.legion.core.NodeId;
import io.legion.spi.Cluster;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Whom a [Cluster] keeps out: extend it in the tests of an implementation.
public abstract class ClusterAdmissionContract extends ClusterTopic {

    /// For the class that extends it.
    protected ClusterAdmissionContract() {}

    @Test
    void aNodeOfAnotherNameIsKeptOutAndBothAreToldOnce() throws Exception {
        refuses(new Cluster.Self(new NodeId(9), "another", SHARDS, SETTINGS, CLUSTER), "another");
    }

    @Test
    void aNodeOfAClusterFoundedSeparatelyIsKeptOut() throws Exception {
        refuses(self(9, OTHER_CLUSTER), "founded separately");
    }

    @Test
    void aNodeWithAnotherNumberOfShardsIsKeptOut() throws Exception {
        refuses(new Cluster.Self(new NodeId(9), NAME, SHARDS * 2, SETTINGS, CLUSTER), "32");
    }

    @Test
    void aNodeWhereAnotherSettingDiffersIsKeptOutAndBothValuesAreTold() throws Exception {
        var settings = new TreeMap<>(Map.of("rememberedOutputs", "20"));
        refuses(new Cluster.Self(new NodeId(9), NAME, SHARDS, settings, CLUSTER), "rememberedOutputs", "20", "1024");
    }

    private void refuses(Cluster.Self stranger, String... why) throws Exception {
        var players = network.cluster(2);

        var kept = network.join(stranger, network.contacts());

        kept.awaitRefusal(why);
        for (var player : players) {
            player.awaitRefusal(why);
        }
        // Whoever is let in by mistake is so within the time in which a welcome node is.
        network.join(self(4, CLUSTER), network.contacts()).awaitMembers(players);
        assertThat(kept.handle().cluster().members()).isEmpty();
        for (var player : players) {
            assertThat(player.handle().cluster().members()).doesNotContain(stranger.node());
            assertThat(player.ear().refusals())
                    .filteredOn(text -> Stream.of(why).allMatch(text::contains))
                    .hasSize(1);
        }
    }

    @Test
    void aSecondProcessWithANodeIdIsRefusedWhileTheFirstIsThere() throws Exception {
        var players = network.cluster(3);

        var twin = network.join(self(3, CLUSTER), network.contacts());

        players.get(0).awaitRefusal(twin.node().toString());
        String id = twin.node().toString();
        twin.ear()
                .await(
                        "it is kept out as a twin",
                        heard -> heard.stream()
                                .anyMatch(one ->
                                        one instanceof ClusterEar.Heard.KeptOutAsTwin(String why) && why.contains(id)));
        assertThat(players.get(2).ear().all()).noneMatch(ClusterEar.Heard.KeptOutAsTwin.class::isInstance);
        exchange(players.get(0), players.get(2), List.of(Bytes.of("to the first")));
        assertThat(twin.ear().framesOf(players.get(0).node())).isEmpty();
        assertThat(twin.handle().cluster().members()).isEmpty();

        players.get(2).handle().close();
        twin.awaitMembers(players.subList(0, 2));
    }

    @Test
    void whoHasJoinedKeepsOthersOut() throws Exception {
        var players = network.cluster(1);
        var others = network.join(self(5, OTHER_CLUSTER), List.of());
        var contacts = Stream.concat(network.contacts().stream(), others.handle().contacts().stream())
                .toList();
        var joiner = network.join(self(9, null), contacts);
        joiner.ear().awaitJoined(players.getFirst().node());
        joiner.ear().awaitJoined(others.node());

        joiner.participation().belongsTo(CLUSTER);

        joiner.ear().awaitLeft(others.node());
        joiner.awaitMembers(players);
        joiner.awaitRefusal("founded separately");
        assertThat(joiner.handle().cluster().members()).doesNotContain(others.node());
    }
}
