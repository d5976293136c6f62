package io.legion.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.legion.contracts.ClusterEar.Heard;
import io.legion.core.Bytes;
import io.legion.core.NodeId;
import io.legion.runtime.Cluster;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every [Cluster] of several nodes does: extend it in the tests of an implementation.
public abstract class ClusterContract {

    private static final UUID CLUSTER = new UUID(7, 11);
    private static final UUID OTHER_CLUSTER = new UUID(7, 13);
    private static final String NAME = "contract";
    private static final int SHARDS = 16;

    /// A frame that no window has room for beside another one.
    private static final int LARGE = 1 << 20;

    private static final long MOST_FRAMES = 1_000_000;

    private ClusterPlace place;
    private final List<Player> players = new ArrayList<>();

    /// For the class that extends it.
    @SuppressWarnings("NullAway.Init")
    protected ClusterContract() {}

    /// A new network without nodes.
    protected abstract ClusterPlace place() throws Exception;

    @BeforeEach
    final void openPlace() throws Exception {
        place = place();
    }

    @AfterEach
    final void closePlace() throws Exception {
        place.close();
    }

    @Test
    void nodesHearOfEachOtherAndOfTheirCluster() throws Exception {
        var players = cluster(3);

        for (var player : players) {
            var others = players.stream()
                    .filter(other -> !other.equals(player))
                    .map(Player::node)
                    .sorted()
                    .toList();
            assertThat(player.handle.cluster().members()).containsExactlyElementsOf(others);
            assertThat(player.ear.all()).contains(new Heard.Joined(others.getFirst(), CLUSTER));
        }
    }

    @Test
    void beforeAndAfterItsParticipationANodeHasNoMembersAndSendsNothing() throws Exception {
        var players = cluster(2);
        var handle = place.open();

        assertThat(handle.cluster().members()).isEmpty();
        assertThat(handle.cluster().send(players.getFirst().node, Bytes.of("x")))
                .isFalse();

        var third = join(handle, self(9, CLUSTER), contacts());
        third.awaitMembers(players);
        third.participation.close();

        assertThat(handle.cluster().members()).isEmpty();
        assertThat(handle.cluster().send(players.getFirst().node, Bytes.of("x")))
                .isFalse();
    }

    @Test
    void aNodeThatStopsLeavesAndWhenItComesBackItJoins() throws Exception {
        var players = cluster(3);
        var gone = players.getLast();
        gone.handle.close();
        for (var player : players.subList(0, 2)) {
            player.ear.awaitLeft(gone.node);
            assertThat(player.handle.cluster().members()).doesNotContain(gone.node);
            assertThat(player.handle.cluster().send(gone.node, Bytes.of("x"))).isFalse();
        }

        var back = join(place.open(), self(3, CLUSTER), contacts());

        back.awaitMembers(players.subList(0, 2));
        for (var player : players.subList(0, 2)) {
            player.ear.awaitJoined(back.node);
            assertThat(player.ear.refusals()).isEmpty();
        }
    }

    @Test
    void framesArriveInTheirOrderAndOnce() throws Exception {
        var players = cluster(2);
        var random = new Random(42);
        var frames = IntStream.range(0, 5_000)
                .mapToObj(i -> frame(i, 4 + random.nextInt(700)))
                .toList();

        exchange(players.get(0), players.get(1), frames);

        assertThat(players.get(1).ear.framesOf(players.get(0).node)).isEqualTo(frames);
    }

    @Test
    void bothDirectionsAndManyThreadsAtOnce() throws Exception {
        var players = cluster(3);
        var senders = new ArrayList<Thread>();
        for (var from : players) {
            for (var to : players) {
                if (!from.equals(to)) {
                    senders.add(Thread.ofPlatform()
                            .start(() ->
                                    IntStream.range(0, 2_000).forEach(i -> from.sendAll(to, List.of(frame(i, 100))))));
                }
            }
        }
        for (var sender : senders) {
            sender.join();
        }

        for (var to : players) {
            for (var from : players) {
                if (!from.equals(to)) {
                    to.awaitFrames(from, 2_000);
                    assertThat(to.ear.framesOf(from.node))
                            .isEqualTo(IntStream.range(0, 2_000)
                                    .mapToObj(i -> frame(i, 100))
                                    .toList());
                }
            }
        }
    }

    @Test
    void aFrameOfAnySizeUpToTheLargestArrivesWhole() throws Exception {
        var players = cluster(2);
        int most = players.getFirst().handle.cluster().maxFrameBytes();
        var sizes = Stream.of(0, 1, 1_000, 65_535, 65_536, 65_537, LARGE, Math.min(most, 24 << 20))
                .filter(size -> size <= most);
        var frames = sizes.map(size -> frame(size, size)).toList();

        exchange(players.get(0), players.get(1), frames);

        assertThat(players.get(1).ear.framesOf(players.get(0).node)).isEqualTo(frames);
    }

    @Test
    void aFrameThatIsTooLargeIsRefusedAtOnce() throws Exception {
        var players = cluster(2);
        var cluster = players.getFirst().handle.cluster();
        var tooLarge = Bytes.wrap(new byte[cluster.maxFrameBytes() + 1]);

        assertThatThrownBy(() -> cluster.send(players.get(1).node, tooLarge))
                .isInstanceOf(IllegalArgumentException.class);
        exchange(players.get(0), players.get(1), List.of(Bytes.of("still here")));
    }

    @Test
    void aPeerWhoseListenerBlocksFillsItsOwnWindowOnly() throws Exception {
        var players = cluster(3);
        var sender = players.get(0);
        var slow = players.get(1);
        var quick = players.get(2);
        var gate = slow.ear.block(sender.node);

        var taken = new ArrayList<Bytes>();
        for (var frame = frame(0, 16_384); sender.handle.cluster().send(slow.node, frame); ) {
            taken.add(frame);
            assertThat(taken).hasSizeLessThan((int) MOST_FRAMES / 16);
            frame = frame(taken.size(), 16_384);
        }

        assertThat(sender.handle.cluster().members()).contains(slow.node);
        exchange(sender, quick, List.of(frame(1, 100)));
        gate.countDown();
        slow.awaitFrames(sender, taken.size());
        assertThat(slow.ear.framesOf(sender.node)).isEqualTo(taken);
        exchange(sender, slow, List.of(Bytes.of("there is room again")), taken.size());
    }

    @Test
    void aListenerMaySendAndAsk() throws Exception {
        var players = cluster(2);
        var echo = players.get(1);
        var answers = new ClusterEar();
        echo.participation.close();
        var handle = place.open();
        var cluster = handle.cluster();
        var participation = cluster.participate(self(8, CLUSTER), contacts(), new Cluster.Listener() {
            @Override
            public void received(NodeId from, Bytes frame) {
                answers.received(from, frame);
                assertThat(cluster.members()).contains(from);
                assertThat(frame.size()).isLessThanOrEqualTo(cluster.maxFrameBytes());
                assertThat(cluster.send(from, frame)).isTrue();
            }

            @Override
            public void joined(NodeId node, UUID id) {
                answers.joined(node, id);
            }

            @Override
            public void left(NodeId node) {}

            @Override
            public void refused(String why) {}
        });
        var asker = players.getFirst();
        asker.ear.awaitJoined(new NodeId(8));
        for (int i = 0; i < 500; i++) {
            assertThat(asker.handle.cluster().send(new NodeId(8), frame(i, 64))).isTrue();
        }

        asker.ear.await("500 answers", _ -> asker.ear.framesOf(new NodeId(8)).size() == 500);
        participation.close();
    }

    @Test
    void aNodeOfAnotherNameIsKeptOutAndBothAreToldOnce() throws Exception {
        refuses(new Cluster.Self(new NodeId(9), "another", SHARDS, CLUSTER), "another");
    }

    @Test
    void aNodeOfAClusterFoundedSeparatelyIsKeptOut() throws Exception {
        refuses(self(9, OTHER_CLUSTER), "founded separately");
    }

    @Test
    void aNodeWithAnotherNumberOfShardsIsKeptOut() throws Exception {
        refuses(new Cluster.Self(new NodeId(9), NAME, SHARDS * 2, CLUSTER), "32");
    }

    private void refuses(Cluster.Self stranger, String why) throws Exception {
        var players = cluster(2);

        var kept = join(place.open(), stranger, contacts());

        kept.awaitRefusal(why);
        for (var player : players) {
            player.awaitRefusal(why);
        }
        // Whoever is let in by mistake is so within the time in which a welcome node is.
        join(place.open(), self(4, CLUSTER), contacts()).awaitMembers(players);
        assertThat(kept.handle.cluster().members()).isEmpty();
        for (var player : players) {
            assertThat(player.handle.cluster().members()).doesNotContain(stranger.node());
            assertThat(player.ear.refusals())
                    .filteredOn(text -> text.contains(why))
                    .hasSize(1);
        }
    }

    @Test
    void aSecondProcessWithANodeIdIsRefusedWhileTheFirstIsThere() throws Exception {
        var players = cluster(3);

        var twin = join(place.open(), self(3, CLUSTER), contacts());

        players.get(0).awaitRefusal(twin.node.toString());
        twin.awaitRefusal(twin.node.toString());
        exchange(players.get(0), players.get(2), List.of(Bytes.of("to the first")));
        assertThat(twin.ear.framesOf(players.get(0).node)).isEmpty();
        assertThat(twin.handle.cluster().members()).isEmpty();

        players.get(2).handle.close();
        twin.awaitMembers(players.subList(0, 2));
    }

    @Test
    void whoIsToJoinHearsOfTheMembersAndIsOneOnlyWhenItBelongs() throws Exception {
        var players = cluster(2);
        var joiner = join(place.open(), self(9, null), contacts());

        for (var player : players) {
            joiner.ear.await(
                    "heard of " + player.node, heard -> heard.contains(new Heard.Joined(player.node, CLUSTER)));
            assertThat(player.handle.cluster().members()).doesNotContain(joiner.node);
            assertThat(player.ear.all()).doesNotContain(new Heard.Joined(joiner.node, CLUSTER));
        }

        joiner.participation.belongsTo(CLUSTER);

        joiner.awaitMembers(players);
        for (var player : players) {
            player.ear.awaitJoined(joiner.node);
            assertThat(player.ear.refusals()).isEmpty();
        }
        exchange(players.getFirst(), joiner, List.of(Bytes.of("welcome")));
        exchange(joiner, players.getFirst(), List.of(Bytes.of("thanks")));
        joiner.participation.belongsTo(CLUSTER);
        assertThatThrownBy(() -> joiner.participation.belongsTo(OTHER_CLUSTER))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void whoHasJoinedKeepsOthersOut() throws Exception {
        var players = cluster(1);
        var others = join(place.open(), self(5, OTHER_CLUSTER), List.of());
        var contacts = Stream.concat(contacts().stream(), others.handle.contacts().stream())
                .toList();
        var joiner = join(place.open(), self(9, null), contacts);
        joiner.ear.awaitJoined(players.getFirst().node);
        joiner.ear.awaitJoined(others.node);

        joiner.participation.belongsTo(CLUSTER);

        joiner.ear.awaitLeft(others.node);
        joiner.awaitMembers(players);
        joiner.awaitRefusal("founded separately");
        assertThat(joiner.handle.cluster().members()).doesNotContain(others.node);
    }

    @Test
    void twoThatAreToJoinDoNotTakeEachOtherForMembers() throws Exception {
        var one = join(place.open(), self(1, null), List.of());
        var two = join(place.open(), self(2, null), one.handle.contacts());
        join(place.open(), self(3, CLUSTER), one.handle.contacts());

        one.ear.awaitJoined(new NodeId(3));
        two.ear.awaitJoined(new NodeId(3));

        assertThat(one.handle.cluster().members()).doesNotContain(two.node);
        assertThat(two.handle.cluster().members()).doesNotContain(one.node);
    }

    @Test
    void aHandleTakesPartOnceAtATime() throws Exception {
        var players = cluster(2);
        var first = players.getFirst();

        assertThatThrownBy(() -> first.handle.cluster().participate(self(1, CLUSTER), List.of(), new ClusterEar()))
                .isInstanceOf(IllegalStateException.class);

        first.participation.close();
        var again = join(first.handle, self(1, CLUSTER), players.get(1).handle.contacts());
        again.awaitMembers(players.subList(1, 2));
    }

    @Test
    void closingIsSilentAndDoingItAgainIsNothing() throws Exception {
        var players = cluster(2);
        var closing = players.getFirst();
        var sender = players.get(1);
        var flood = Thread.ofPlatform().start(() -> {
            while (sender.handle.cluster().members().contains(closing.node)) {
                sender.handle.cluster().send(closing.node, frame(1, 1_000));
            }
        });
        closing.ear.await("the flood", heard -> heard.size() > 100);

        closing.participation.close();
        var heard = closing.ear.all();
        closing.participation.close();
        sender.ear.awaitLeft(closing.node);
        flood.join();

        assertThat(closing.ear.all()).isEqualTo(heard);
    }

    // ---- what the tests are made of ----

    private static Cluster.Self self(long node, @Nullable UUID cluster) {
        return new Cluster.Self(new NodeId(node), NAME, SHARDS, cluster);
    }

    private List<Player> cluster(int nodes) throws Exception {
        for (int i = 1; i <= nodes; i++) {
            join(place.open(), self(i, CLUSTER), contacts());
        }
        for (var player : players) {
            player.awaitMembers(
                    players.stream().filter(other -> !other.equals(player)).toList());
        }
        return List.copyOf(players);
    }

    private List<String> contacts() {
        return players.stream()
                .flatMap(player -> player.handle.contacts().stream())
                .toList();
    }

    private Player join(ClusterPlace.Handle handle, Cluster.Self self, List<String> contacts) {
        var ear = new ClusterEar();
        var player = new Player(self.node(), handle, ear, handle.cluster().participate(self, contacts, ear));
        if (self.clusterName().equals(NAME) && CLUSTER.equals(self.cluster())) {
            players.add(player);
        }
        return player;
    }

    private static Bytes frame(int number, int size) {
        var bytes = new byte[size];
        new Random(number).nextBytes(bytes);
        if (size >= Integer.BYTES) {
            ByteBuffer.wrap(bytes).putInt(number);
        }
        return Bytes.wrap(bytes);
    }

    private static void exchange(Player from, Player to, List<Bytes> frames) {
        exchange(from, to, frames, 0);
    }

    private static void exchange(Player from, Player to, List<Bytes> frames, int before) {
        from.sendAll(to, frames);
        to.awaitFrames(from, before + frames.size());
    }

    private record Player(
            NodeId node, ClusterPlace.Handle handle, ClusterEar ear, Cluster.Participation participation) {

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

        void awaitRefusal(String why) {
            ear.await("a refusal with " + why, _ -> ear.refusals().stream().anyMatch(text -> text.contains(why)));
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
