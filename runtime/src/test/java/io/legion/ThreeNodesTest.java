package io.legion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.legion.core.Consistency;
import io.legion.core.IndexRecord;
import io.legion.core.NodeId;
import io.legion.core.PartitionKey;
import io.legion.operations.MemberReport;
import io.legion.operations.ShardReport;
import io.legion.runtime.lane.TestLanes;
import io.legion.service.RecordingLogger;
import io.legion.service.RecordingMonitor;
import io.legion.spi.Batch;
import io.legion.spi.Durability;
import io.legion.spi.Store;
import io.legion.spi.StoreException;
import io.legion.spi.WrappedStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ThreeNodesTest {
    private static final int SHARDS = 8;

    private final Street street = new Street();
    private final List<Legion> nodes = new ArrayList<>();
    private final RecordingLogger logger = RecordingLogger.open();

    @AfterEach
    void close() {
        nodes.forEach(Legion::close);
        street.close();
    }

    private Legion open(Store store, StartupMode mode) {
        var settings = Legion.named("bank")
                .shards(SHARDS)
                .startup(mode)
                .joinTimeout(Duration.ofSeconds(1))
                .placement(new PlacementSettings(
                        3, Duration.ofSeconds(1), Duration.ofSeconds(1), 8, RequestRoute.PREFERRED, 1, ""))
                .settings();
        var legion = Legion.with(settings)
                .store(store)
                .cluster(street.house())
                .logger(logger)
                .monitor(RecordingMonitor.open())
                .open(Account.TYPE);
        nodes.add(legion);
        return legion;
    }

    private Legion node(int number) {
        return nodes.get(number);
    }

    private Partitions<Account> accounts(int number) {
        return node(number).partitions(Account.TYPE);
    }

    private void three() {
        open(TestLanes.memory(), new StartupMode.NewCluster());
        open(TestLanes.memory(), new StartupMode.Automatic(false));
        open(TestLanes.memory(), new StartupMode.JoinCluster(List.of("anywhere")));
        assertSoon("every shard has three participants", () -> nodes.stream().allMatch(node -> hosts(node, 3)));
    }

    private static boolean hosts(Legion node, int participants) {
        var shards = node.operations().shards();
        return shards.size() == SHARDS
                && shards.stream()
                        .allMatch(shard -> shard.phase() == ShardReport.Phase.PARTICIPATING
                                && shard.participants().size() == participants);
    }

    private static boolean knowsAsGone(Legion node, NodeId gone) {
        return node.operations().members().stream()
                .anyMatch(member -> member.node().equals(gone) && member.status() == MemberReport.Status.GONE);
    }

    private static void assertSoon(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(deadline);
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
    }

    private void depositEverywhere(Consistency consistency) {
        for (int i = 0; i < 60; i++) {
            accounts(i % nodes.size()).of("p" + i % 20).request(new Account.Deposit(1), consistency);
        }
    }

    @Test
    void anyNodeAnswersWithWhatAllHaveDone() {
        three();
        for (var consistency : Consistency.values()) {
            depositEverywhere(consistency);
        }
        for (int i = 0; i < 20; i++) {
            for (int n = 0; n < 3; n++) {
                assertThat(accounts(n).of("p" + i).read(Consistency.FINAL).cents())
                        .isEqualTo(9);
            }
        }
    }

    /// What follows another event closely is held back for a moment (R70), but not longer than its node is there.
    @Test
    void aNodeThatClosesSendsWhatItHoldsBack() {
        three();
        assertSoon("one node serves each", () -> servedOnceBy(nodes));
        var served = PartitionKey.of("p0");
        int closing = IntStream.range(0, 3)
                .filter(n -> accounts(n).of(served).isServedHere())
                .findFirst()
                .orElseThrow();
        for (int i = 0; i < 50; i++) {
            accounts(closing).of(served).request(new Account.Deposit(1), Consistency.FAST);
        }
        node(closing).close();
        assertSoon(
                "the others have all of it",
                () -> IntStream.range(0, 3)
                        .filter(n -> n != closing)
                        .allMatch(n ->
                                accounts(n).of(served).read(Consistency.FAST).cents() == 50));
    }

    @Test
    void eachPartitionIsServedByOneNodeAndByAnotherWhenThatIsGone() {
        three();
        assertSoon("one node serves each", () -> servedOnceBy(nodes));
        street.cutOff(node(2).node());
        assertSoon("one of the others does", () -> servedOnceBy(nodes.subList(0, 2)));
    }

    private static boolean servedOnceBy(List<Legion> nodes) {
        for (int i = 0; i < 20; i++) {
            var key = PartitionKey.of("p" + i);
            long serve = nodes.stream()
                    .filter(node -> node.partitions(Account.TYPE).of(key).isServedHere())
                    .count();
            if (serve != 1) {
                return false;
            }
        }
        return true;
    }

    @Test
    void aSearchAtAnyNodeWalksTheIndexOfAll() {
        three();
        depositEverywhere(Consistency.FINAL);
        for (int n = 0; n < 3; n++) {
            assertThat(accounts(n).searchAll(Search.all()).map(IndexRecord::key).distinct())
                    .hasSize(20);
        }
    }

    @Test
    void aSearchAtANodeWhoseIndexCanNotBeReadIsAnsweredByTheOthers() {
        var store = new WrappedStore(TestLanes.memory());
        open(TestLanes.memory(), new StartupMode.NewCluster());
        open(TestLanes.memory(), new StartupMode.Automatic(false));
        open(store, new StartupMode.Automatic(false));
        assertSoon("every shard has three participants", () -> nodes.stream().allMatch(node -> hosts(node, 3)));
        depositEverywhere(Consistency.FINAL);
        store.beforeScan = () -> {
            throw new StoreException("unreadable");
        };
        for (int n = 0; n < 3; n++) {
            assertThat(accounts(n).searchAll(Search.all())).hasSize(20);
        }
    }

    @Test
    void aNodeThatIsCutOffAnswersFastAndAgreesAfterwards() {
        three();
        var alone = node(2).node();
        street.cutOff(alone);
        assertThat(accounts(2)
                        .of("alice")
                        .request(new Account.Deposit(1), Consistency.FAST)
                        .output())
                .isEqualTo(1);
        assertThat(accounts(0)
                        .of("alice")
                        .request(new Account.Deposit(2), Consistency.FAST)
                        .output())
                .isEqualTo(2);
        street.reconnect(alone);
        assertThat(accounts(1)
                        .of("alice")
                        .request(new Account.Deposit(4), Consistency.FINAL)
                        .output())
                .isEqualTo(7);
        assertThat(accounts(2).of("alice").read(Consistency.FINAL).cents()).isEqualTo(7);
    }

    @Test
    void aDeadNodeIsReplacedAndWhatItHeldIsStillThere() {
        three();
        depositEverywhere(Consistency.DURABLE);
        var dead = node(2).node();
        street.cutOff(dead);
        open(TestLanes.memory(), new StartupMode.Automatic(false));
        assertSoon("the new node has taken the dead one's place", () -> hosts(node(3), 3));
        assertThat(node(3).operations().shard(0).orElseThrow().participants())
                .noneMatch(p -> p.id().node().equals(dead));
        for (int i = 0; i < 20; i++) {
            assertThat(accounts(3).of("p" + i).read(Consistency.FINAL).cents()).isEqualTo(3);
        }
    }

    @Test
    void aNodeThatLeavesHandsOverFirst() {
        three();
        depositEverywhere(Consistency.FAST);
        assertThat(node(0).operations().leave(Duration.ofSeconds(30))).isTrue();
        node(0).close();
        assertThat(hosts(node(1), 2)).isTrue();
        for (int i = 0; i < 20; i++) {
            assertThat(accounts(1).of("p" + i).read(Consistency.FINAL).cents()).isEqualTo(3);
        }
    }

    @Test
    void anEjectedNodeIsOutForAllAndKnowsIt() {
        three();
        NodeId out = node(2).node();
        node(0).operations().eject(out);
        assertSoon("two are left", () -> hosts(node(0), 2) && hosts(node(1), 2));
        assertSoon("it has heard", () -> knowsAsGone(node(2), out));
        assertThatThrownBy(() -> node(0).operations().eject(node(0).node()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aRestartedNodeGoesOnWithItsStoreAndNothingMoves() {
        var store = TestLanes.memory();
        open(TestLanes.memory(), new StartupMode.NewCluster());
        open(store, new StartupMode.Automatic(false));
        assertSoon("both have everything", () -> hosts(node(0), 2) && hosts(node(1), 2));
        long epoch = node(0).operations().shard(0).orElseThrow().epoch();
        node(1).close();
        accounts(0).of("alice").request(new Account.Deposit(5), Consistency.FAST);
        open(store, new StartupMode.Automatic(false));
        assertThat(node(2).node()).isEqualTo(node(1).node());
        assertThat(accounts(2)
                        .of("alice")
                        .request(new Account.Deposit(5), Consistency.FINAL)
                        .output())
                .isEqualTo(10);
        assertThat(node(0).operations().shard(0).orElseThrow().epoch()).isEqualTo(epoch);
    }

    /// R1: one life of a store, one node.
    @Test
    void aStoreThatMayLackWhatOthersCountOnComesBackAsANewNode() {
        var store = new WrappedStore(TestLanes.memory());
        open(TestLanes.memory(), new StartupMode.NewCluster());
        open(TestLanes.memory(), new StartupMode.Automatic(false));
        open(store, new StartupMode.Automatic(false));
        assertSoon("every shard has three participants", () -> nodes.stream().allMatch(node -> hosts(node, 3)));
        depositEverywhere(Consistency.DURABLE);
        var before = node(2).node();
        node(2).close();
        store.complete = false;
        store.stoppedCleanly = false;
        var again = open(store, new StartupMode.Recover());
        assertThat(again.node()).isNotEqualTo(before);
        assertSoon("the new node has everything", () -> hosts(node(0), 3) && hosts(again, 3));
        assertThat(knowsAsGone(node(0), before)).isTrue();
        for (int i = 0; i < 20; i++) {
            assertThat(accounts(3).of("p" + i).read(Consistency.FINAL).cents()).isEqualTo(3);
        }
    }

    /// R71: the others know an old copy.
    @Test
    void anOldCopyOfAStoreGivesUpItsPlaceAndComesBackAsANewNode() {
        var store = TestLanes.memory();
        open(TestLanes.memory(), new StartupMode.NewCluster());
        open(TestLanes.memory(), new StartupMode.Automatic(false));
        open(store, new StartupMode.Automatic(false));
        assertSoon("every shard has three participants", () -> nodes.stream().allMatch(node -> hosts(node, 3)));
        var before = node(2).node();
        node(2).close();
        var copy = copyOf(store);
        depositAt(open(store, new StartupMode.Recover()), Consistency.FINAL);
        node(3).close();

        var old = open(copy, new StartupMode.Recover());
        assertThat(old.node()).isEqualTo(before);
        depositAt(old, Consistency.DURABLE);
        assertSoon("it is out", () -> knowsAsGone(node(0), before) && hosts(node(0), 2));
        assertThat(logger.messages(io.legion.service.Logger.Priority.ERROR, "Start it again: it joins as a new node"))
                .hasSize(1);
        old.close();

        var fresh = open(copy, new StartupMode.Recover());
        assertThat(fresh.node()).isNotEqualTo(before);
        assertSoon("the new node has everything", () -> hosts(node(0), 3) && hosts(fresh, 3));
        for (int i = 0; i < 20; i++) {
            assertThat(accounts(0).of("p" + i).read(Consistency.FINAL).cents()).isEqualTo(2);
        }
    }

    /// R64: a second process of one node.
    @Test
    void aSecondProcessOnACopyOfAStoreInUseServesNothing() {
        var store = TestLanes.memory();
        open(TestLanes.memory(), new StartupMode.NewCluster());
        open(store, new StartupMode.Automatic(false));
        assertSoon("both have everything", () -> hosts(node(0), 2) && hosts(node(1), 2));
        var twin = open(copyOf(store), new StartupMode.Recover());
        assertThat(twin.node()).isEqualTo(node(1).node());
        for (int i = 0; i < 20; i++) {
            String key = "p" + i;
            assertThatThrownBy(() -> accounts(2).of(key).request(new Account.Deposit(1), Consistency.FAST))
                    .isInstanceOf(RequestException.Closed.class)
                    .hasMessageContaining("Another process uses the id");
            assertThatThrownBy(() -> accounts(2).of(key).read(Consistency.FAST))
                    .isInstanceOf(RequestException.Closed.class);
        }
        assertSoon("the second process leaves the cluster", () -> street.keptOutLeft() == 1);
        depositAt(node(1), Consistency.FINAL);
        assertThat(logger.messages(io.legion.service.Logger.Priority.ERROR, "Another process uses the id"))
                .hasSize(1);
    }

    private static void depositAt(Legion node, Consistency consistency) {
        for (int i = 0; i < 20; i++) {
            node.partitions(Account.TYPE).of("p" + i).request(new Account.Deposit(1), consistency);
        }
    }

    private static Store copyOf(Store store) {
        var copy = TestLanes.memory();
        copy.identify(store.identity().orElseThrow());
        var batch = new Batch();
        store.scan(new byte[0], null, (key, value) -> {
            batch.put(key, value);
            return true;
        });
        copy.write(batch, Durability.MEMORY);
        return copy;
    }

    @Test
    void whoHasToJoinAndFindsNobodySaysWhatToDo() {
        assertThatThrownBy(() -> open(TestLanes.memory(), new StartupMode.JoinCluster(List.of("here:1"))))
                .isInstanceOf(StartupException.class)
                .hasMessageContaining("here:1")
                .hasMessageContaining("NewCluster");
    }

    @Test
    void twoThatHaveFoundedAClusterOfOneNameRefuseEachOther() {
        open(TestLanes.memory(), new StartupMode.NewCluster());
        open(TestLanes.memory(), new StartupMode.NewCluster());
        assertSoon(
                "both have said it",
                () -> logger.messages(io.legion.service.Logger.Priority.ERROR, "another cluster of this name")
                                .size()
                        >= 1);
        assertThat(hosts(node(0), 1)).isTrue();
        assertThat(hosts(node(1), 1)).isTrue();
    }
}
