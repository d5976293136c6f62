package io.legion.contracts;

import static io.legion.contracts.ClusterNetwork.CLUSTER;
import static io.legion.contracts.ClusterNetwork.exchange;
import static io.legion.contracts.ClusterNetwork.frame;
import static io.legion.contracts.ClusterNetwork.self;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.legion.core.Bytes;
import io.legion.core.NodeId;
import io.legion.spi.Cluster;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// How frames travel in a [Cluster]: extend it in the tests of an implementation.
public abstract class ClusterFramesContract extends ClusterTopic {

    /// For the class that extends it.
    protected ClusterFramesContract() {}

    /// A frame that no window has room for beside another one.
    private static final int LARGE = 1 << 20;

    private static final long MOST_FRAMES = 1_000_000;

    @Test
    void framesArriveInTheirOrderAndOnce() throws Exception {
        var players = network.cluster(2);
        var random = new Random(42);
        var frames = IntStream.range(0, 5_000)
                .mapToObj(i -> frame(i, 4 + random.nextInt(700)))
                .toList();

        exchange(players.get(0), players.get(1), frames);

        assertThat(players.get(1).ear().framesOf(players.get(0).node())).isEqualTo(frames);
    }

    @Test
    void bothDirectionsAndManyThreadsAtOnce() throws Exception {
        var players = network.cluster(3);
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
                    assertThat(to.ear().framesOf(from.node()))
                            .isEqualTo(IntStream.range(0, 2_000)
                                    .mapToObj(i -> frame(i, 100))
                                    .toList());
                }
            }
        }
    }

    @Test
    void aFrameOfAnySizeUpToTheLargestArrivesWhole() throws Exception {
        var players = network.cluster(2);
        int most = players.getFirst().handle().cluster().maxFrameBytes();
        var sizes = Stream.of(0, 1, 1_000, 65_535, 65_536, 65_537, LARGE, Math.min(most, 24 << 20))
                .filter(size -> size <= most);
        var frames = sizes.map(size -> frame(size, size)).toList();

        exchange(players.get(0), players.get(1), frames);

        assertThat(players.get(1).ear().framesOf(players.get(0).node())).isEqualTo(frames);
    }

    @Test
    void aFrameThatIsTooLargeIsRefusedAtOnce() throws Exception {
        var players = network.cluster(2);
        var cluster = players.getFirst().handle().cluster();
        var tooLarge = Bytes.wrap(new byte[cluster.maxFrameBytes() + 1]);

        assertThatThrownBy(() -> cluster.send(players.get(1).node(), tooLarge))
                .isInstanceOf(IllegalArgumentException.class);
        exchange(players.get(0), players.get(1), List.of(Bytes.of("still here")));
    }

    @Test
    void aPeerWhoseListenerBlocksFillsItsOwnWindowOnly() throws Exception {
        var players = network.cluster(3);
        var sender = players.get(0);
        var slow = players.get(1);
        var quick = players.get(2);
        var gate = slow.ear().block(sender.node());

        var taken = new ArrayList<Bytes>();
        for (var frame = frame(0, 16_384); sender.handle().cluster().send(slow.node(), frame); ) {
            taken.add(frame);
            assertThat(taken).hasSizeLessThan((int) MOST_FRAMES / 16);
            frame = frame(taken.size(), 16_384);
        }

        assertThat(sender.handle().cluster().members()).contains(slow.node());
        exchange(sender, quick, List.of(frame(1, 100)));
        gate.countDown();
        slow.awaitFrames(sender, taken.size());
        assertThat(slow.ear().framesOf(sender.node())).isEqualTo(taken);
        exchange(sender, slow, List.of(Bytes.of("there is room again")), taken.size());
    }

    @Test
    void aListenerMaySendAndAsk() throws Exception {
        var players = network.cluster(2);
        var echo = players.get(1);
        var answers = new ClusterEar();
        echo.participation().close();
        var handle = network.open();
        var cluster = handle.cluster();
        var participation = cluster.participate(self(8, CLUSTER), network.contacts(), new Cluster.Listener() {
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
            public void keptOutAsTwin(String why) {}

            @Override
            public void refused(String why) {}
        });
        var asker = players.getFirst();
        asker.ear().awaitJoined(new NodeId(8));
        for (int i = 0; i < 500; i++) {
            assertThat(asker.handle().cluster().send(new NodeId(8), frame(i, 64)))
                    .isTrue();
        }

        asker.ear()
                .await("500 answers", _ -> asker.ear().framesOf(new NodeId(8)).size() == 500);
        participation.close();
    }
}
