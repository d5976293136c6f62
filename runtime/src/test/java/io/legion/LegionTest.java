package io.legion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.legion.core.Applied;
import io.legion.core.Bytes;
import io.legion.core.Consistency;
import io.legion.core.Event;
import io.legion.core.EventContext;
import io.legion.core.EventFailedException;
import io.legion.core.NodeId;
import io.legion.core.Outcome;
import io.legion.core.PartitionKey;
import io.legion.core.PartitionType;
import io.legion.core.RequestId;
import io.legion.memory.MemoryStore;
import io.legion.memory.SoloCluster;
import io.legion.operations.VersionOrder;
import io.legion.runtime.lane.TestLanes;
import io.legion.service.ByteSize;
import io.legion.service.RecordingLogger;
import io.legion.service.RecordingMonitor;
import io.legion.spi.Cluster;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class LegionTest {
    private final MemoryStore store = TestLanes.memory();

    @Test
    void anOrderToHoldTheVersionsIsKeptUntilItIsTakenBack() {
        try (var bank = Bank.open(store)) {
            bank.legion().operations().steerVersions(VersionOrder.HOLD);
        }
        try (var bank = Bank.open(store)) {
            var operations = bank.legion().operations();
            assertThat(operations.versions().holding())
                    .containsExactly(bank.legion().node());
            operations.steerVersions(VersionOrder.RELEASE);
        }
        try (var bank = Bank.open(store)) {
            assertThat(bank.legion().operations().versions().holding()).isEmpty();
        }
    }

    /// Takes no address for one.
    private record Picky(SoloCluster solo) implements Cluster {
        @Override
        public Participation participate(Self self, List<String> contacts, Listener listener) {
            throw new IllegalArgumentException("A contact must be host:port, but is \"" + contacts.getFirst() + "\".");
        }

        @Override
        public Set<NodeId> members() {
            return solo.members();
        }

        @Override
        public Duration discoveryTime() {
            return solo.discoveryTime();
        }

        @Override
        public boolean send(NodeId to, Bytes frame) {
            return solo.send(to, frame);
        }

        @Override
        public int maxFrameBytes() {
            return solo.maxFrameBytes();
        }
    }

    @Test
    void anAddressThatTheClusterDoesNotTakeIsToldInOneLine() {
        var settings = Legion.named("bank")
                .startup(new StartupMode.JoinCluster(List.of("nowhere")))
                .settings();
        try (var logger = RecordingLogger.open();
                var solo = SoloCluster.open()) {
            var monitor = RecordingMonitor.open();
            assertThatThrownBy(() -> Legion.with(settings)
                            .store(store)
                            .cluster(new Picky(solo))
                            .logger(logger)
                            .monitor(monitor)
                            .open(Account.TYPE))
                    .isInstanceOf(StartupException.class)
                    .hasMessageContaining("\"nowhere\"")
                    .hasMessageContaining("Nothing was changed");
        }
        assertThat(store.identity()).isEmpty();
    }

    @Test
    void theCacheOfStatesHasMetersOfItsOwn() {
        var settings = LegionSettings.named("bank");
        var monitor = RecordingMonitor.open();
        try (var logger = RecordingLogger.open();
                var _ = monitor.gauge("cache.size", () -> 42);
                var solo = SoloCluster.open();
                var legion = Legion.with(settings)
                        .store(store)
                        .cluster(solo)
                        .logger(logger)
                        .monitor(monitor)
                        .open(Account.TYPE)) {
            legion.partitions(Account.TYPE).of("alice").request(new Account.Deposit(1), Consistency.FINAL);
            assertThat(monitor.value("legion.cache.size")).isPositive();
            assertThat(monitor.value("cache.size")).isEqualTo(42);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRequestIsAnsweredAndItsStateCanBeRead(Consistency consistency) {
        try (var bank = Bank.open(store)) {
            assertThat(bank.accounts().of("alice").read(Consistency.FAST)).isEqualTo(new Account(0, ""));
            assertThat(bank.accounts()
                            .of("alice")
                            .request(new Account.Deposit(100), consistency)
                            .output())
                    .isEqualTo(100);
            var answer = bank.accounts().of("alice").request(new Account.Deposit(5), consistency);
            assertThat(answer.output()).isEqualTo(105);
            assertThat(answer.consistency()).isGreaterThanOrEqualTo(consistency);
            assertThat(bank.accounts().of("alice").read(consistency).cents()).isEqualTo(105);
            assertThat(bank.accounts().of("bob").read(Consistency.FAST).cents()).isZero();
        }
    }

    @Test
    void anAnswerBecomesFinalByTheSameRequestOnceMore() {
        try (var bank = Bank.open(store)) {
            var alice = bank.accounts().of("alice");
            var deposit = new Account.Deposit(100);
            var answer = alice.request(deposit, Consistency.FAST);
            var last = alice.request(deposit, Consistency.FINAL, answer.request());
            assertThat(last.consistency()).isEqualTo(Consistency.FINAL);
            assertThat(last.outcome()).isEqualTo(new Outcome.Success<>(100L));
            assertThat(last.id()).isEqualTo(answer.id());
            assertThat(alice.read(Consistency.FAST).cents()).isEqualTo(100);
        }
    }

    @Test
    void anApplyThatThrowsIsAFailedAnswerAndNoChange() {
        try (var bank = Bank.open(store)) {
            bank.accounts().of("alice").request(new Account.Deposit(3), Consistency.FAST);
            var answer = bank.accounts().of("alice").request(new Account.Withdraw(4), Consistency.FAST);
            assertThatThrownBy(answer::output)
                    .isInstanceOf(EventFailedException.class)
                    .hasMessageContaining("only 3 there");
            assertThat(bank.accounts().of("alice").read(Consistency.FAST).cents())
                    .isEqualTo(3);
            assertThat(bank.accounts()
                            .of("alice")
                            .request(new Account.Withdraw(3), Consistency.FAST)
                            .output())
                    .isZero();
        }
    }

    @Test
    void aRetryWithOneRequestIdChangesTheStateOnceAlsoAfterARestart() {
        var key = PartitionKey.of("alice");
        var deposit = new Account.Deposit(7);
        RequestId id;
        try (var bank = Bank.open(store)) {
            id = bank.accounts().of(key).nextRequestId();
            assertThat(bank.accounts()
                            .of(key)
                            .request(deposit, Consistency.FAST, id)
                            .output())
                    .isEqualTo(7);
            bank.accounts().of(key).request(new Account.Deposit(1), Consistency.FAST);
            assertThat(bank.accounts()
                            .of(key)
                            .request(deposit, Consistency.FINAL, id)
                            .output())
                    .isEqualTo(7);
            assertThat(bank.accounts().of(key).read(Consistency.FAST).cents()).isEqualTo(8);
        }
        try (var bank = Bank.open(store)) {
            assertThat(bank.accounts()
                            .of(key)
                            .request(deposit, Consistency.FAST, id)
                            .output())
                    .isEqualTo(7);
            assertThat(bank.accounts().of(key).read(Consistency.FAST).cents()).isEqualTo(8);
        }
    }

    @Test
    void whatWasThereIsThereAfterARestart() {
        var before = new TreeMap<Integer, Account>();
        try (var bank = Bank.open(store)) {
            for (int i = 0; i < 500; i++) {
                bank.accounts().of("p" + i % 100).request(new Account.Deposit(i), Consistency.FAST);
                bank.accounts().of("p" + i % 100).request(new Account.Note("n" + i), Consistency.FAST);
            }
            for (int i = 0; i < 100; i++) {
                before.put(i, bank.accounts().of("p" + i).read(Consistency.FAST));
            }
        }
        try (var bank = Bank.open(store)) {
            before.forEach(
                    (i, account) -> assertThat(bank.accounts().of("p" + i).read(Consistency.FAST))
                            .isEqualTo(account));
            before.forEach(
                    (i, account) -> assertThat(bank.accounts().of("p" + i).read(Consistency.FINAL))
                            .isEqualTo(account));
        }
    }

    @Test
    void aCacheSmallerThanTheDataChangesNothing() {
        try (var bank = Bank.open(store, settings -> settings.cache(new ByteSize(2_000)))) {
            for (int round = 1; round <= 3; round++) {
                for (int i = 0; i < 300; i++) {
                    assertThat(bank.accounts()
                                    .of("p" + i)
                                    .request(new Account.Deposit(i), Consistency.FAST)
                                    .output())
                            .isEqualTo((long) round * i);
                }
            }
            for (int i = 0; i < 300; i++) {
                assertThat(bank.accounts().of("p" + i).read(Consistency.FAST).cents())
                        .isEqualTo(3L * i);
            }
        }
    }

    @Test
    void stagesCompleteWithAnswersAndCallBackWithoutBlockingTheLane() throws Exception {
        try (var bank = Bank.open(store)) {
            var accounts = bank.accounts();
            // The callback makes a blocking request of its own, to the same lane.
            var nested = accounts.of("alice")
                    .requestAsync(new Account.Deposit(1), Consistency.FAST)
                    .thenApply(_ -> accounts.of("alice")
                            .request(new Account.Deposit(2), Consistency.FAST)
                            .output());
            assertThat(nested.toCompletableFuture().get(20, TimeUnit.SECONDS)).isEqualTo(3);
            var read = accounts.of(PartitionKey.of("alice")).readAsync(Consistency.FINAL);
            assertThat(read.toCompletableFuture().get(20, TimeUnit.SECONDS).cents())
                    .isEqualTo(3);
        }
    }

    @Test
    void anEventThatIsTooLargeIsRefused() {
        try (var bank = Bank.open(store, settings -> settings.maxEvent(new ByteSize(100)))) {
            assertThatThrownBy(() ->
                            bank.accounts().of("alice").request(new Account.Note("x".repeat(200)), Consistency.FAST))
                    .isInstanceOf(RequestException.TooLarge.class)
                    .hasMessageContaining("maxEvent");
            assertThat(bank.accounts().of("alice").read(Consistency.FAST).note())
                    .isEmpty();
        }
    }

    @Test
    void aClosedLegionRefusesEverythingAndClosingAgainDoesNothing() {
        var bank = Bank.open(store);
        bank.close();
        bank.legion().close();
        assertThatThrownBy(() -> bank.accounts().of("alice").request(new Account.Deposit(1), Consistency.FAST))
                .isInstanceOfSatisfying(
                        RequestException.Closed.class,
                        closed -> assertThat(closed.fate()).isEqualTo(RequestException.Fate.NOT_APPLIED));
        assertThatThrownBy(() -> bank.accounts().of("alice").read(Consistency.FAST))
                .isInstanceOf(RequestException.Closed.class);
    }

    record Sum(long cents) {
        static final PartitionType<Sum> TYPE =
                PartitionType.named("account", new Sum(0)).events(Change.class);

        sealed interface Change extends Event<Sum, Long> {}

        record Deposit(String cents) implements Change {
            @Override
            public Applied<Sum, Long> apply(Sum sum, EventContext context) {
                return Applied.of(new Sum(sum.cents + Long.parseLong(cents)), sum.cents);
            }
        }
    }

    /// On a node of a cluster it would serve callers until it met another node, with events that nobody else can read.
    @Test
    void aReleaseThatGivesAFieldAnotherTypeDoesNotStartOnTheStore() {
        try (var bank = Bank.open(store)) {
            bank.accounts().of("alice").request(new Account.Deposit(5), Consistency.FINAL);
        }
        assertThatThrownBy(() -> Legion.named("bank")
                        .shards(16)
                        .store(store)
                        .cluster(SoloCluster.open())
                        .logger(RecordingLogger.open())
                        .open(Sum.TYPE))
                .isInstanceOf(StartupException.class)
                .hasMessageContaining("has another partition type 'account': in its events, ")
                .hasMessageContaining("Nothing was changed")
                .hasMessageContaining("docs/upgrades.md");
        try (var bank = Bank.open(store)) {
            assertThat(bank.accounts().of("alice").read(Consistency.FINAL).cents())
                    .isEqualTo(5);
        }
    }

    @Test
    void aTypeThatWasNotOpenedIsRefused() {
        try (var bank = Bank.open(store)) {
            var other = PartitionType.named("other", new Account(0, "")).events(Account.Change.class);
            assertThatThrownBy(() -> bank.legion().partitions(other))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("'other'");
        }
    }

    @Test
    void everyShardIsFoundedInOneClusterOfThisNode() {
        try (var bank = Bank.open(store)) {
            for (int shard = 0; shard < 16; shard++) {
                var status = bank.legion().operations().shard(shard).orElseThrow();
                assertThat(status.participants()).hasSize(1);
                assertThat(status.participants().getFirst().id().node())
                        .isEqualTo(bank.legion().node());
            }
        }
    }
}
