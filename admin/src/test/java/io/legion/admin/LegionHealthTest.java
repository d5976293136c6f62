package io.legion.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.Legion;
import io.legion.operations.MemberReport;
import io.legion.operations.NodeReport.StoreReport;
import io.legion.operations.Operations;
import io.legion.operations.ShardReport.Phase;
import io.legion.operations.ShardReport.Silence;
import io.legion.operations.StoppedShard;
import io.legion.operations.VersionsReport;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class LegionHealthTest {
    private final ScriptedCluster cluster = new ScriptedCluster(3, 4);
    private final ScriptedNode self = cluster.node(1);
    private final AtomicLong nanos = new AtomicLong();

    private List<String> against() {
        return new LegionHealth(cluster, nanos::get).reasonsAgainst();
    }

    @Test
    void aNodeThatIsWellIsReady() {
        assertThat(against()).isEmpty();
        assertThat(new LegionHealth(cluster, nanos::get).checks())
                .extracting(Health.Check::name)
                .contains("closing", "membership", "store", "clock", "stopped", "oldCopy", "start", "majority");
    }

    /// With an empty store it joins, and stays so; with copies, each says the same.
    @Test
    void aReleaseThatIsKeptOutIsTheOnlyReason() {
        self.status = MemberReport.Status.JOINING;
        self.stop(2, StoppedShard.Kind.RELEASE, "version 2 is part of the shard's history", false);
        self.versions = new VersionsReport(
                List.of(), List.of(), Optional.of(new VersionsReport.Unfit("'account'", 2, "Version 2 is active.")));
        assertThat(against()).containsExactly("The node is kept out for its release: Version 2 is active.");
    }

    @Test
    void aStoreThatTakesNothingIsAReason() {
        self.store = new StoreReport(StoreReport.State.FULL, "there is no room");
        assertThat(against()).containsExactly("The store takes no changes (FULL): there is no room");
        self.store = new StoreReport(StoreReport.State.FAILED, "a write failed");
        assertThat(against()).containsExactly("The store takes no changes (FAILED): a write failed");
    }

    @Test
    void aWrongClockIsAReasonAndARemovalIsNone() {
        isSilent(Silence.Kind.REMOVAL);
        assertThat(against()).isEmpty();
        isSilent(Silence.Kind.CLOCK);
        assertThat(against())
                .singleElement()
                .asString()
                .contains("The clock of this machine is wrong", "the others say so");
    }

    private void isSilent(Silence.Kind kind) {
        self.silence = Optional.of(new Silence(kind, "the others say so", Duration.ofSeconds(9)));
        self.copy(2).is(Phase.PARTICIPATING);
    }

    @Test
    void whatIsCopiedInTheFirstMinuteIsAReasonAndLaterIsNot() {
        self.copy(1).is(Phase.COPYING);
        self.uptime = Duration.ofSeconds(59);
        assertThat(against()).containsExactly("The node has started a moment ago, and copies the shards [1].");
        self.uptime = Duration.ofSeconds(60);
        assertThat(against()).isEmpty();
    }

    @Test
    void whatIsCopiedOnceTheNodeHasCaughtUpIsNoReason() {
        self.uptime = Duration.ofSeconds(10);
        self.copy(1).is(Phase.COPYING);
        var health = new LegionHealth(cluster, nanos::get);
        assertThat(health.reasonsAgainst()).hasSize(1);
        self.copy(1).is(Phase.PARTICIPATING);
        assertThat(aSecondLater(health)).isEmpty();
        self.copy(1).is(Phase.COPYING); // moved here by rebalancing
        assertThat(aSecondLater(health)).isEmpty();
    }

    @Test
    void aShardThatIsReturningIsAReasonHoweverLongItTakes() {
        returns(1);
        for (var uptime : List.of(Duration.ofSeconds(10), Duration.ofMinutes(1), Duration.ofDays(1))) {
            self.uptime = uptime;
            assertThat(against())
                    .containsExactly("The node is back, and waits for what the others know of the shards [1].");
        }
    }

    @Test
    void aNodeHasNotCaughtUpWhileAShardIsReturning() {
        self.uptime = Duration.ofSeconds(10);
        returns(1);
        var health = new LegionHealth(cluster, nanos::get);
        assertThat(health.reasonsAgainst()).hasSize(1);
        self.returning.clear();
        self.copy(1).is(Phase.COPYING); // too much had happened meanwhile
        assertThat(aSecondLater(health))
                .containsExactly("The node has started a moment ago, and copies the shards [1].");
    }

    private void returns(int shard) {
        self.returning.add(shard);
        self.copy(shard).is(Phase.PARTICIPATING);
    }

    private List<String> aSecondLater(LegionHealth health) {
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        return health.reasonsAgainst();
    }

    @Test
    void aNodeThatHasNoCopyYetIsNotReadyInItsFirstMinute() {
        self.shards.clear();
        self.uptime = Duration.ofSeconds(2);
        assertThat(against()).containsExactly("The node has started a moment ago, and takes part in no shard yet.");
        self.uptime = Duration.ofMinutes(5);
        assertThat(against()).isEmpty();
    }

    @Test
    void shardsWithoutAMajorityAreAReason() {
        cluster.kill(2);
        assertThat(against()).isEmpty();
        cluster.kill(3);
        assertThat(against()).singleElement().asString().contains("No majority", "[0, 1, 2, 3]");
    }

    @Test
    void aNodeThatLeavesOrClosesIsNotReady() {
        self.status = MemberReport.Status.LEAVING;
        assertThat(against()).containsExactly("The node hands its shards over and leaves the cluster.");
        self.status = MemberReport.Status.UP;
        var health = new LegionHealth(cluster, nanos::get);
        assertThat(health.reasonsAgainst()).isEmpty();
        health.close();
        assertThat(health.reasonsAgainst()).containsExactly("The node is closing.");
    }

    @Test
    void ofManyShardsTheFirstAreNamed() {
        var large = new ScriptedCluster(1, 64);
        for (int shard = 0; shard < 64; shard++) {
            large.node(1).stop(shard, StoppedShard.Kind.OTHER, "it broke", true);
        }
        assertThat(new LegionHealth(large, nanos::get).reasonsAgainst())
                .singleElement()
                .asString()
                .contains("18, 19] and 44 more have stopped here: it broke");
    }

    @Test
    void theNodeIsLookedAtOnceASecondHoweverManyAsk() {
        var looks = new AtomicInteger();
        var health = new LegionHealth(with(cluster, looks::incrementAndGet), nanos::get);
        health.reasonsAgainst();
        int ofOne = looks.get();
        for (int i = 0; i < 100; i++) {
            health.reasonsAgainst();
        }
        assertThat(looks).hasValue(ofOne);
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        health.reasonsAgainst();
        assertThat(looks).hasValue(2 * ofOne);
    }

    @Test
    @Timeout(60)
    void aNodeThatDoesNotAnswerIsNotReadyAndAfterLongNotAlive() throws InterruptedException {
        var answers = new CountDownLatch(1);
        var health = new LegionHealth(with(cluster, () -> await(answers)), nanos::get);
        assertThat(health.reasonsAgainst()).singleElement().asString().contains("has not said within 1 s");
        assertThat(health.isAlive()).isTrue();
        nanos.addAndGet(Duration.ofSeconds(29).toNanos());
        assertThat(health.isAlive()).isTrue();
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(health.isAlive()).isFalse();
        answers.countDown();
        while (!health.isAlive()) {
            Thread.onSpinWait();
        }
    }

    @Test
    @Timeout(60)
    void theOthersAreNotKnownWhileTheNodeDoesNotAnswer() {
        var health = new LegionHealth(cluster, nanos::get);
        assertThat(health.peers()).extracting(Health.Peer::reachable).containsExactly(true, true);
        self.hangs();
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(health.peers()).isEmpty();
        self.goesOn();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }

    /// The cluster, seen from a node at which each call waits for this first.
    private static Legion with(Legion legion, Runnable first) {
        var operations = proxy(Operations.class, legion.operations(), first);
        return (Legion) Proxy.newProxyInstance(
                Legion.class.getClassLoader(),
                new Class<?>[] {Legion.class},
                (_, method, arguments) ->
                        method.getName().equals("operations") ? operations : method.invoke(legion, arguments));
    }

    private static Object proxy(Class<?> type, Object inside, Runnable first) {
        return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (_, method, arguments) -> {
            first.run();
            try {
                return method.invoke(inside, arguments);
            } catch (InvocationTargetException failed) {
                throw failed.getCause();
            }
        });
    }
}
