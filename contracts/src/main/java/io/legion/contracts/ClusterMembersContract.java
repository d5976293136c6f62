package io.legion.contracts;

import static io.legion.contracts.ClusterNetwork.CLUSTER;
import static io.legion.contracts.ClusterNetwork.OTHER_CLUSTER;
import static io.legion.contracts.ClusterNetwork.exchange;
import static io.legion.contracts.ClusterNetwork.frame;
import static io.legion.contracts.ClusterNetwork.self;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.legion.contracts.ClusterEar.Heard;
import io.legion.core.Bytes;
import io.legion.core.NodeId;
import java.util.List;
import org.junit.jupiter.api.Test;

/// How the nodes of a [io.legion.spi.Cluster] hear of each other, come and go: extend it in the tests of an
/// implementation.
public abstract class ClusterMembersContract extends ClusterTopic {

    /// For the class that extends it.
    protected ClusterMembersContract() {}

    @Test
    void nodesHearOfEachOtherAndOfTheirCluster() throws Exception {
        var players = network.cluster(3);

        for (var player : players) {
            var others = players.stream()
                    .filter(other -> !other.equals(player))
                    .map(ClusterNetwork.Player::node)
                    .sorted()
                    .toList();
            assertThat(player.handle().cluster().members()).containsExactlyElementsOf(others);
            assertThat(player.ear().all()).contains(new Heard.Joined(others.getFirst(), CLUSTER));
        }
    }

    @Test
    void beforeAndAfterItsParticipationANodeHasNoMembersAndSendsNothing() throws Exception {
        var players = network.cluster(2);
        var handle = network.open();

        assertThat(handle.cluster().members()).isEmpty();
        assertThat(handle.cluster().send(players.getFirst().node(), Bytes.of("x")))
                .isFalse();

        var third = network.join(handle, self(9, CLUSTER), network.contacts());
        third.awaitMembers(players);
        third.participation().close();

        assertThat(handle.cluster().members()).isEmpty();
        assertThat(handle.cluster().send(players.getFirst().node(), Bytes.of("x")))
                .isFalse();
    }

    @Test
    void aNodeThatStopsLeavesAndWhenItComesBackItJoins() throws Exception {
        var players = network.cluster(3);
        var gone = players.getLast();
        gone.handle().close();
        for (var player : players.subList(0, 2)) {
            player.ear().awaitLeft(gone.node());
            assertThat(player.handle().cluster().members()).doesNotContain(gone.node());
            assertThat(player.handle().cluster().send(gone.node(), Bytes.of("x")))
                    .isFalse();
        }

        var back = network.join(self(3, CLUSTER), network.contacts());

        back.awaitMembers(players.subList(0, 2));
        for (var player : players.subList(0, 2)) {
            player.ear().awaitJoined(back.node());
            assertThat(player.ear().refusals()).isEmpty();
        }
    }

    @Test
    void aHandleTakesPartOnceAtATime() throws Exception {
        var players = network.cluster(2);
        var first = players.getFirst();

        assertThatThrownBy(() -> first.handle().cluster().participate(self(1, CLUSTER), List.of(), new ClusterEar()))
                .isInstanceOf(IllegalStateException.class);

        first.participation().close();
        var again = network.join(
                first.handle(), self(1, CLUSTER), players.get(1).handle().contacts());
        again.awaitMembers(players.subList(1, 2));
    }

    @Test
    void closingIsSilentAndDoingItAgainIsNothing() throws Exception {
        var players = network.cluster(2);
        var closing = players.getFirst();
        var sender = players.get(1);
        var flood = Thread.ofPlatform().start(() -> {
            while (sender.handle().cluster().members().contains(closing.node())) {
                sender.handle().cluster().send(closing.node(), frame(1, 1_000));
            }
        });
        closing.ear().await("the flood", heard -> heard.size() > 100);

        closing.participation().close();
        var heard = closing.ear().all();
        closing.participation().close();
        sender.ear().awaitLeft(closing.node());
        flood.join();

        assertThat(closing.ear().all()).isEqualTo(heard);
    }

    @Test
    void whoIsToJoinHearsOfTheMembersAndIsOneOnlyWhenItBelongs() throws Exception {
        var players = network.cluster(2);
        var joiner = network.join(self(9, null), network.contacts());

        for (var player : players) {
            joiner.ear()
                    .await(
                            "heard of " + player.node(),
                            heard -> heard.contains(new Heard.Joined(player.node(), CLUSTER)));
            assertThat(player.handle().cluster().members()).doesNotContain(joiner.node());
            assertThat(player.ear().all()).doesNotContain(new Heard.Joined(joiner.node(), CLUSTER));
        }

        joiner.participation().belongsTo(CLUSTER);

        joiner.awaitMembers(players);
        for (var player : players) {
            player.ear().awaitJoined(joiner.node());
            assertThat(player.ear().refusals()).isEmpty();
        }
        exchange(players.getFirst(), joiner, List.of(Bytes.of("welcome")));
        exchange(joiner, players.getFirst(), List.of(Bytes.of("thanks")));
        joiner.participation().belongsTo(CLUSTER);
        assertThatThrownBy(() -> joiner.participation().belongsTo(OTHER_CLUSTER))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void twoThatAreToJoinDoNotTakeEachOtherForMembers() throws Exception {
        var one = network.join(self(1, null), List.of());
        var two = network.join(self(2, null), one.handle().contacts());
        network.join(self(3, CLUSTER), one.handle().contacts());

        one.ear().awaitJoined(new NodeId(3));
        two.ear().awaitJoined(new NodeId(3));

        assertThat(one.handle().cluster().members()).doesNotContain(two.node());
        assertThat(two.handle().cluster().members()).doesNotContain(one.node());
    }
}
