package io.legion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.legion.core.Consistency;
import io.legion.memory.SoloCluster;
import io.legion.operations.ShardReport;
import io.legion.runtime.lane.TestLanes;
import io.legion.runtime.start.Assembly;
import io.legion.service.Logger.Priority;
import io.legion.service.RecordingLogger;
import io.legion.service.RecordingMonitor;
import io.legion.spi.Cluster;
import io.legion.spi.Store;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Nodes whose wall clocks are wrong for a while (R7, R8, R75).
final class WrongClocksTest {
    private static final int SHARDS = 4;
    private static final Duration HOUR = Duration.ofHours(1);

    /// The machine's clock, set forward by so much.
    private static final class SetClock implements InstantSource {
        private volatile Duration ahead;

        SetClock(Duration ahead) {
            this.ahead = ahead;
        }

        @Override
        public Instant instant() {
            return Instant.now().plus(ahead);
        }
    }

    private final Street street = new Street();
    private final RecordingLogger logger = RecordingLogger.open();
    private final List<Legion> nodes = new ArrayList<>();
    private final List<SetClock> clocks = new ArrayList<>();

    @AfterEach
    void close() {
        nodes.forEach(Legion::close);
        street.close();
        logger.close();
    }

    private Legion open(Store store, Cluster cluster, StartupMode mode, Duration ahead) {
        var settings = Legion.named("bank")
                .shards(SHARDS)
                .startup(mode)
                .joinTimeout(Duration.ofSeconds(1))
                .requestTimeout(Duration.ofSeconds(5))
                .placement(new PlacementSettings(
                        3, Duration.ofSeconds(30), Duration.ofSeconds(5), 8, RequestRoute.PREFERRED, 1, ""))
                .settings();
        var clock = new SetClock(ahead);
        var legion = Assembly.open(
                settings, store, cluster, logger, RecordingMonitor.open(), null, null, clock, Account.TYPE);
        nodes.add(legion);
        clocks.add(clock);
        return legion;
    }

    private static void assertSoon(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(deadline);
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
    }

    /// A deposit into each of many accounts, by way of this node.
    private static void depositEverywhere(Legion node, Consistency consistency) {
        for (int i = 0; i < 4 * SHARDS; i++) {
            node.partitions(Account.TYPE).of("p" + i).request(new Account.Deposit(1), consistency);
        }
    }

    private static boolean isServed(Legion node) {
        try {
            depositEverywhere(node, Consistency.FINAL);
            return true;
        } catch (RequestException later) {
            return false;
        }
    }

    private void three(Duration founderAhead) {
        open(TestLanes.memory(), street.house(), new StartupMode.NewCluster(), founderAhead);
        depositEverywhere(nodes.getFirst(), Consistency.FINAL);
        clocks.getFirst().ahead = Duration.ZERO;
        for (int i = 0; i < 2; i++) {
            open(TestLanes.memory(), street.house(), new StartupMode.Automatic(false), Duration.ZERO);
        }
        assertSoon(
                "every shard has three participants",
                () -> nodes.stream()
                        .allMatch(node -> node.operations().shards().stream()
                                        .filter(shard -> shard.participants().size() == 3
                                                && shard.phase() == ShardReport.Phase.PARTICIPATING)
                                        .count()
                                == SHARDS));
    }

    @Test
    void aNodeAloneServesAsSoonAsItsClockIsSetRightAndAfterARestart() {
        var store = TestLanes.memory();
        var first = open(store, SoloCluster.open(), new StartupMode.Automatic(true), HOUR);
        depositEverywhere(first, Consistency.FINAL);
        clocks.getFirst().ahead = Duration.ZERO;
        depositEverywhere(first, Consistency.FINAL);
        first.close();
        var second = open(store, SoloCluster.open(), new StartupMode.Automatic(true), Duration.ZERO);
        depositEverywhere(second, Consistency.FINAL);
        assertThat(second.operations().shards())
                .allMatch(shard ->
                        shard.silence().isEmpty() && shard.eventsAhead().compareTo(HOUR.minusMinutes(1)) > 0);
        assertSoon(
                "an alarm",
                () -> !logger.messages(Priority.WARNING, "ahead of this node's clock")
                        .isEmpty());
        logger.expect(Priority.WARNING, "ahead of this node's clock, because of an event of");
    }

    /// The node's own waiting goes by another time than the wall clock.
    @Test
    void aClockThatIsSetForwardLetsNobodyTimeOutAndOneThatIsSetBackLetsNobodyWaitLonger() {
        three(Duration.ZERO);
        for (Duration step : List.of(Duration.ofSeconds(40), Duration.ZERO)) {
            clocks.forEach(clock -> clock.ahead = step);
            nodes.forEach(node -> depositEverywhere(node, Consistency.FINAL));
        }
        assertThat(nodes.getFirst().operations().members()).hasSize(3);
    }

    @Test
    void aClusterWhoseFoundersClockWasAheadServesThroughEveryNode() {
        logger.allow(Priority.WARNING, "ahead of this node's clock, because of an event of");
        three(HOUR);
        nodes.forEach(node -> depositEverywhere(node, Consistency.FINAL));
        assertThat(nodes)
                .allMatch(node -> node.operations().shards().stream()
                        .allMatch(shard -> shard.silence().isEmpty()));
    }

    @Test
    void threeNodesServeAsSoonAsTheClockOfOneIsSetRight() {
        logger.allow(Priority.WARNING, "ahead of this node's");
        logger.allow(Priority.ERROR, "say that the clock of this node is");
        three(Duration.ZERO);
        clocks.get(1).ahead = HOUR;
        assertSoon("a silent shard", () -> {
            nodes.forEach(node -> node.partitions(Account.TYPE).of("p0").read(Consistency.FAST));
            for (int i = 0; i < 4 * SHARDS; i++) {
                nodes.get(1)
                        .partitions(Account.TYPE)
                        .of("p" + i)
                        .requestAsync(new Account.Deposit(1), Consistency.FAST);
            }
            return nodes.get(1).operations().shards().stream()
                    .anyMatch(shard -> shard.silence().isPresent());
        });
        clocks.get(1).ahead = Duration.ZERO;
        for (var node : nodes) {
            assertSoon("it is served", () -> isServed(node));
        }
        assertSoon(
                "nobody is silent",
                () -> nodes.stream()
                        .allMatch(node -> node.operations().shards().stream()
                                .allMatch(shard -> shard.silence().isEmpty())));
    }

    private static boolean isOffBy(Legion node, Duration expected) {
        return node.operations()
                .report()
                .clockOffset()
                .filter(offset -> offset.minus(expected).abs().compareTo(Duration.ofMinutes(1)) < 0)
                .isPresent();
    }

    @Test
    void eachNodeReportsHowFarItsClockIsOff() {
        logger.allow(Priority.WARNING, "ahead of this node's");
        logger.allow(Priority.ERROR, "behind those of most participants");
        three(Duration.ZERO);
        clocks.get(1).ahead = HOUR.negated();
        assertSoon("they say so", () -> {
            nodes.forEach(node -> depositEverywhere(node, Consistency.FAST));
            return isOffBy(nodes.get(0), Duration.ZERO)
                    && isOffBy(nodes.get(1), HOUR.negated())
                    && isOffBy(nodes.get(2), Duration.ZERO);
        });
    }

    @Test
    void anOperatorEndsTheWaitForAClock() {
        logger.allow(Priority.WARNING, "ahead of this node's");
        logger.allow(Priority.WARNING, "An operator accepts clocks");
        logger.allow(Priority.ERROR, "say that the clock of this node is");
        three(Duration.ZERO);
        clocks.get(1).ahead = HOUR;
        nodes.forEach(node -> node.operations().acceptClocksAhead(HOUR.multipliedBy(2)));
        for (var node : nodes) {
            assertSoon("it is served", () -> isServed(node));
        }
        assertThatThrownBy(() -> nodes.getFirst().operations().acceptClocksAhead(Duration.ofMillis(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0 to 365 days");
    }
}
