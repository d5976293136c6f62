package io.legion.cluster.jgroups;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.legion.RequestException;
import io.legion.StartupException;
import io.legion.cluster.jgroups.Counters.Counter;
import io.legion.founding.FoundingData;
import io.legion.founding.FoundingState;
import io.legion.service.Configuration;
import io.legion.service.Logger;
import io.legion.service.RecordingLogger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Nodes of a new cluster that all may found it, as replicas of one image do.
@Timeout(240)
final class FoundersTest {
    private static final int NODES = 3;

    private static Counter open(String address, List<String> all) {
        return Counters.open(Counters.config(address, all), builder -> builder.mayFound(true), Counters.TYPE);
    }

    /// At the same moment, and each a while after the one before, on both sides of the time that a node looks.
    @Test
    void nodesThatStartTogetherBecomeOneCluster() throws Exception {
        for (int delayMillis : new int[] {0, 0, 700, 2_950}) {
            var all = Counters.addresses(NODES);
            var nodes = new ArrayList<Counter>();
            try (var starters = Executors.newScheduledThreadPool(NODES)) {
                var starting = new ArrayList<Future<Counter>>();
                for (int i = 0; i < NODES; i++) {
                    long delay = (long) i * delayMillis;
                    String address = all.get(i);
                    starting.add(starters.schedule(() -> open(address, all), delay, TimeUnit.MILLISECONDS));
                }
                for (var each : starting) {
                    nodes.add(each.get());
                }
            }
            try {
                var outputs = new HashSet<Long>();
                for (var node : nodes) {
                    outputs.add(node.add());
                }
                assertThat(outputs).as("delay %d", delayMillis).containsExactlyInAnyOrder(1L, 2L, 3L);
                assertThat(nodes)
                        .flatExtracting(node -> node.logger().messages(Logger.Priority.ERROR, ""))
                        .isEmpty();
            } finally {
                nodes.forEach(Counter::close);
            }
        }
    }

    /// The nodes could not see each other when they started.
    @Test
    void nodesThatFoundedSeparatelyAndHaveAcceptedNothingGiveWay(@TempDir Path home) throws Exception {
        var addresses = Counters.addresses(2);
        var places = List.of(home.resolve("one"), home.resolve("two"));
        try (var one = open(addresses.get(0), places.get(0));
                var two = open(addresses.get(1), places.get(1))) {
            Files.write(places.get(0), addresses);
            for (var node : List.of(one, two)) {
                Nodes.await("it gives way", () -> node.logged(Logger.Priority.ERROR, "gives way to the other one"));
                assertThat(node.logged(Logger.Priority.ERROR, "founded separately"))
                        .isTrue();
                assertThatThrownBy(node::add).isInstanceOf(RequestException.class);
            }
        }
    }

    /// Whoever has accepted something keeps it, and says what is wrong.
    @Test
    void aClusterWithDataGoesOnAndItsUntouchedDoubleGivesWay(@TempDir Path home) throws Exception {
        var addresses = Counters.addresses(2);
        var places = List.of(home.resolve("one"), home.resolve("two"));
        try (var one = open(addresses.get(0), places.get(0));
                var two = open(addresses.get(1), places.get(1))) {
            assertThat(one.add()).isEqualTo(1);
            Files.write(places.get(0), addresses);
            Nodes.await("it gives way", () -> two.logged(Logger.Priority.ERROR, "gives way to the other one"));
            Nodes.await("it says so", () -> one.logged(Logger.Priority.ERROR, "founded separately"));
            assertThat(one.add()).isEqualTo(2);
            assertThatThrownBy(two::add).isInstanceOf(RequestException.class);
        }
    }

    private static Counter open(String address, Path others) {
        var config = Configuration.defaults(
                JGroupsCluster.Config.class, Map.of("listen", address, "discovery", new Discovery.File(others)));
        return Counters.open(config, builder -> builder.mayFound(true), Counters.TYPE);
    }

    /// The ids say who founds it: the node with data, which the other one then joins, or the other one, which the node
    /// with data then refuses to forestall.
    @Test
    void aNodeThatMayFoundAndComesWhileAnotherTakesInDataMakesNoSecondCluster() throws Exception {
        var all = Counters.addresses(2);
        var reading = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        var logger = RecordingLogger.open();
        logger.allow(Logger.Priority.ERROR, "");
        FoundingData data = FoundingData.of("one count", Counters.TYPE, () -> {
            reading.countDown();
            return Stream.of(FoundingState.of("a", awaited(goOn)));
        });
        try (var starters = Executors.newVirtualThreadPerTaskExecutor()) {
            var withData = starters.submit(() -> Counters.open(
                    Counters.config(all.getFirst(), all),
                    node -> node.mayFound(true).founding(data),
                    Counters.TYPE));
            reading.await();
            var other = starters.submit(() -> Counters.open(
                    Counters.config(all.getLast(), all),
                    node -> node.mayFound(true).logger(logger),
                    Counters.TYPE));
            Nodes.await(
                    "the other one founds it, or waits",
                    () -> other.isDone()
                            || !logger.messages(Logger.Priority.INFO, "founds it; this one waits")
                                    .isEmpty());
            goOn.countDown();

            try (var joined = other.get()) {
                if (logger.messages(Logger.Priority.INFO, "founded it with").isEmpty()) {
                    try (var founder = withData.get()) {
                        assertThat(joined.add()).isEqualTo(8);
                        assertThat(founder.add()).isEqualTo(9);
                    }
                } else {
                    assertThatThrownBy(withData::get)
                            .hasCauseInstanceOf(StartupException.class)
                            .hasMessageContaining("nodes came that form a cluster of this name");
                    assertThat(joined.add()).isEqualTo(1);
                }
            }
        }
    }

    private static Counters.Count awaited(CountDownLatch latch) {
        try {
            latch.await();
            return new Counters.Count(7);
        } catch (InterruptedException stopped) {
            throw new AssertionError(stopped);
        }
    }
}
