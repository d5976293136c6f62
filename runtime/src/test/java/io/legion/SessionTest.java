package io.legion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.legion.core.Consistency;
import io.legion.operations.ShardReport;
import io.legion.runtime.lane.TestLanes;
import io.legion.service.RecordingLogger;
import io.legion.service.RecordingMonitor;
import io.legion.spi.Store;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What callers of three nodes read of what they and others were answered.
final class SessionTest {
    private static final int SHARDS = 8;
    private static final int NODES = 3;

    private final Street street = new Street();
    private final List<Store> stores = new ArrayList<>();
    private final List<Legion> nodes = new ArrayList<>();

    @AfterEach
    void close() {
        nodes.forEach(Legion::close);
        street.close();
    }

    private void three(RequestRoute route) {
        for (int n = 0; n < NODES; n++) {
            stores.add(TestLanes.memory());
            nodes.add(open(n, route));
        }
        assertSoon("every shard has three participants", () -> nodes.stream().allMatch(SessionTest::hostsAll));
    }

    private Legion open(int number, RequestRoute route) {
        return Legion.named("bank")
                .shards(SHARDS)
                .startup(new StartupMode.Automatic(number == 0))
                .joinTimeout(Duration.ofSeconds(1))
                .placement(new PlacementSettings(3, Duration.ofSeconds(30), Duration.ofSeconds(5), 8, route, 1, ""))
                .store(stores.get(number))
                .cluster(street.house())
                .logger(RecordingLogger.open())
                .monitor(RecordingMonitor.open())
                .open(Account.TYPE);
    }

    private static boolean hostsAll(Legion node) {
        var shards = node.operations().shards();
        return shards.size() == SHARDS
                && shards.stream()
                        .allMatch(shard -> shard.phase() == ShardReport.Phase.PARTICIPATING
                                && shard.participants().size() == NODES
                                && shard.participants().stream().allMatch(ShardReport.Participant::entered));
    }

    private static void assertSoon(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(deadline);
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
    }

    private Partition<Account> account(int node, String key) {
        return nodes.get(node).partitions(Account.TYPE).of(key);
    }

    /// Every node is closed and opened again, and all read at once, at any of them, what was answered meanwhile.
    @Test
    void whatWasAnsweredIsThereWhileNodesComeBack() {
        three(RequestRoute.PREFERRED);
        roll(RequestRoute.PREFERRED);
    }

    @Test
    void whatWasAnsweredIsThereAtTheNearestNodeToo() {
        three(RequestRoute.NEAREST);
        roll(RequestRoute.NEAREST);
    }

    private void roll(RequestRoute route) {
        var answered = new TreeMap<String, Long>();
        for (int away = 0; away < NODES; away++) {
            nodes.get(away).close();
            for (int i = 0; i < 160; i++) {
                deposit((away + 1 + i % 2) % NODES, "p" + i % 16, answered);
            }
            nodes.set(away, open(away, route));
            for (int i = 0; i < 480; i++) {
                String key = "p" + i % 16;
                int asked = i % NODES;
                assertThat(account(asked, key).read(Consistency.FAST).cents())
                        .as("node %s, after node %s came back", asked, away)
                        .isEqualTo(answered.get(key));
                deposit((i + 1) % NODES, key, answered);
            }
            assertSoon("all have everything", () -> nodes.stream().allMatch(SessionTest::hostsAll));
        }
    }

    private void deposit(int node, String key, Map<String, Long> answered) {
        long cents = account(node, key)
                .request(new Account.Deposit(1), Consistency.DURABLE)
                .output();
        assertThat(cents).isEqualTo(answered.getOrDefault(key, 0L) + 1);
        answered.put(key, cents);
    }

    @Test
    void aSessionWaitsForWhatItHasSeenAndSaysSoIfThatDoesNotCome() {
        three(RequestRoute.PREFERRED);
        var alone = nodes.get(2).node();
        street.cutOff(alone);
        var session = nodes.get(2).session();
        account(2, "alice").in(session).request(new Account.Deposit(5), Consistency.FAST);

        var elsewhere = nodes.get(0).session(session.token());
        var alice = account(0, "alice").in(elsewhere).within(Duration.ofMillis(300));
        for (var consistency : Consistency.values()) {
            assertThatThrownBy(() -> alice.read(consistency))
                    .isInstanceOfSatisfying(
                            RequestException.SessionNotReached.class,
                            refused -> assertThat(refused.fate()).isEqualTo(RequestException.Fate.NOT_APPLIED));
            assertThatThrownBy(() -> alice.request(new Account.Deposit(1), consistency))
                    .isInstanceOf(RequestException.SessionNotReached.class);
        }
        assertThat(account(0, "alice").read(Consistency.FAST).cents()).isZero();

        street.reconnect(alone);
        assertThat(account(0, "alice").in(elsewhere).read(Consistency.FAST).cents())
                .isEqualTo(5);
        assertThat(account(1, "alice")
                        .in(nodes.get(1).session(elsewhere.token()))
                        .request(new Account.Deposit(1), Consistency.FAST)
                        .output())
                .isEqualTo(6);
    }

    @Test
    void whatASessionReadCountsForItToo() {
        three(RequestRoute.NEAREST);
        var alone = nodes.get(2).node();
        street.cutOff(alone);
        account(2, "alice").request(new Account.Deposit(5), Consistency.FAST);
        var session = nodes.get(2).session();
        assertThat(account(2, "alice").in(session).read(Consistency.FAST).cents())
                .isEqualTo(5);
        var elsewhere = nodes.get(1).session();
        elsewhere.join(nodes.get(1).session(session.token()));
        assertThatThrownBy(() -> account(1, "alice")
                        .in(elsewhere)
                        .within(Duration.ofMillis(200))
                        .read(Consistency.FAST))
                .isInstanceOf(RequestException.SessionNotReached.class);
        street.reconnect(alone);
        assertThat(account(1, "alice")
                        .in(elsewhere)
                        .readAsync(Consistency.FAST)
                        .toCompletableFuture()
                        .join()
                        .cents())
                .isEqualTo(5);
    }

    @Test
    void aTokenThatIsNoneIsRefused() {
        var bank = Legion.open("bank", Account.TYPE);
        var other = Legion.open("bank", Account.TYPE);
        nodes.addAll(List.of(bank, other));
        var session = bank.session();
        bank.partitions(Account.TYPE).of("alice").in(session).request(new Account.Deposit(1), Consistency.FAST);
        String token = session.token();
        assertThat(bank.session(token).token()).isEqualTo(token);
        assertThat(token).matches("[A-Za-z0-9_-]{1,60}");
        for (String broken : List.of("", "x", "höhe", token.substring(1), token + "AAAA", token.replace("A", "B"))) {
            assertThatThrownBy(() -> bank.session(broken))
                    .as(broken)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("token of a session");
        }
        assertThatThrownBy(() -> other.session(token))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("another cluster");
        assertThatThrownBy(() -> other.partitions(Account.TYPE).of("alice").in(session))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("another cluster");
        assertThatThrownBy(() -> other.session().join(session)).isInstanceOf(IllegalArgumentException.class);
    }
}
