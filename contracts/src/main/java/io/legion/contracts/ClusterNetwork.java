package io.legion.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.core.Bytes;
import io.legion.core.NodeId;
import io.legion.spi.Cluster;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What the tests of clusters are made of: a place, and the nodes that play there.
final class ClusterNetwork implements AutoCloseable {

    static final UUID CLUSTER = new UUID(7, 11);
    static final UUID OTHER_CLUSTER = new UUID(7, 13);
    static final String NAME = "contract";
    static final int SHARDS = 16;
    static final SortedMap<String, String> SETTINGS = new TreeMap<>(Map.of("rememberedOutputs", "1024"));

    private final ClusterPlace place;

    /// Those of [#CLUSTER], in the order in which they came.
    private final List<Player> players = new ArrayList<>();

    ClusterNetwork(ClusterPlace place) {
        this.place = place;
    }

    ClusterPlace.Handle open() throws Exception {
        return place.open();
    }

    @Override
    public void close() {
        place.close();
    }

    static Cluster.Self self(long node, @Nullable UUID cluster) {
        return new Cluster.Self(new NodeId(node), NAME, SHARDS, SETTINGS, cluster);
    }

    List<Player> cluster(int nodes) throws Exception {
        for (int i = 1; i <= nodes; i++) {
            join(self(i, CLUSTER), contacts());
        }
        for (var player : players) {
            player.awaitMembers(
                    players.stream().filter(other -> !other.equals(player)).toList());
        }
        return List.copyOf(players);
    }

    List<String> contacts() {
        return players.stream()
                .flatMap(player -> player.handle.contacts().stream())
                .toList();
    }

    /// Lets one more node take part.
    Player join(Cluster.Self self, List<String> contacts) throws Exception {
        return join(open(), self, contacts);
    }

    Player join(ClusterPlace.Handle handle, Cluster.Self self, List<String> contacts) {
        var ear = new ClusterEar();
        var player = new Player(self.node(), handle, ear, handle.cluster().participate(self, contacts, ear));
        if (self.clusterName().equals(NAME) && CLUSTER.equals(self.cluster())) {
            players.add(player);
        }
        return player;
    }

    static Bytes frame(int number, int size) {
        var bytes = new byte[size];
        new Random(number).nextBytes(bytes);
        if (size >= Integer.BYTES) {
            ByteBuffer.wrap(bytes).putInt(number);
        }
        return Bytes.wrap(bytes);
    }

    static void exchange(Player from, Player to, List<Bytes> frames) {
        exchange(from, to, frames, 0);
    }

    static void exchange(Player from, Player to, List<Bytes> frames, int before) {
        from.sendAll(to, frames);
        to.awaitFrames(from, before + frames.size());
    }

    record Player(NodeId node, ClusterPlace.Handle handle, ClusterEar ear, Cluster.Participation participation) {

        void awaitMembers(List<Player> others) {
            for (var other : others) {
                ear.awaitJoined(other.node);
                other.ear.awaitJoined(node);
            }
        }

        void awaitFrames(Player from, int count) {
            ear.await(
                    count + " frames of " + from.node,
                    _ -> ear.framesOf(from.node).size() >= count);
        }

        void awaitRefusal(String... why) {
            ear.await(
                    "a refusal with " + List.of(why),
                    _ -> ear.refusals().stream().anyMatch(text -> Stream.of(why).allMatch(text::contains)));
        }

        /// Sends each, again and again while the window is full.
        void sendAll(Player to, List<Bytes> frames) {
            long end = System.nanoTime() + 20_000_000_000L;
            for (var frame : frames) {
                while (!handle.cluster().send(to.node, frame)) {
                    assertThat(System.nanoTime()).as("the window opens again").isLessThan(end);
                    LockSupport.parkNanos(100_000);
                }
            }
        }
    }
}
