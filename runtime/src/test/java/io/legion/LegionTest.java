package io.legion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.legion.core.Bytes;
import io.legion.core.Consistency;
import io.legion.core.EventFailedException;
import io.legion.core.NodeId;
import io.legion.core.Outcome;
import io.legion.core.PartitionKey;
import io.legion.core.PartitionType;
import io.legion.core.RequestId;
import io.legion.memory.MemoryStore;
import io.legion.memory.SoloCluster;
import io.legion.runtime.lane.TestLanes;
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
        var settings = LegionSettings.named("bank")
                .startup(new StartupMode.JoinCluster(List.of("nowhere")))
                .build();
        try (var logger = RecordingLogger.open();
                var solo = SoloCluster.open()) {
            var monitor = RecordingMonitor.open();
            assertThatThrownBy(() -> Legion.open(settings, store, new Picky(solo), logger, monitor, Account.TYPE))
                    .isInstanceOf(StartupException.class)
                    .hasMessageContaining("\"nowhere\"")
                    .hasMessageContaining("Nothing was changed");
        }
        assertThat(store.identity()).isEmpty();
    }

    @Test
    void theCacheOfStatesHasMetersOfItsOwn() {
        var settings = LegionSettings.named("bank").build();
        var monitor = RecordingMonitor.open();
        try (var logger = RecordingLogger.open();
                var _ = monitor.gauge("cache.size", () -> 42);
                var solo = SoloCluster.open();
                var legion = Legion.open(settings, store, solo, logger, monitor, Account.TYPE)) {
            legion.partitions(Account.TYPE).request("alice", new Account.Deposit(1), Consistency.FINAL);
            assertThat(monitor.value("legion.cache.size")).isPositive();
            assertThat(monitor.value("cache.size")).isEqualTo(42);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRequestIsAnsweredAndItsStateCanBeRead(Consistency consistency) {
        try (var bank = Bank.open(store)) {
            assertThat(bank.accounts().read("alice")).isEqualTo(new Account(0, ""));
            assertThat(bank.accounts()
                            .request("alice", new Account.Deposit(100), consistency)
                            .output())
                    .isEqualTo(100);
            var answer = bank.accounts().request("alice", new Account.Deposit(5), consistency);
            assertThat(answer.output()).isEqualTo(105);
            assertThat(answer.standing()).isGreaterThanOrEqualTo(consistency);
            assertThat(bank.accounts().read("alice", consistency).cents()).isEqualTo(105);
            assertThat(bank.accounts().read("bob").cents()).isZero();
        }
    }

    @Test
    void anAnswerTellsLaterThatItIsFinal() throws Exception {
        try (var bank = Bank.open(store)) {
            var answer = bank.accounts().request("alice", new Account.Deposit(100));
            Outcome<Long> outcome = answer.whenFinal().toCompletableFuture().get(20, TimeUnit.SECONDS);
            assertThat(outcome).isEqualTo(new Outcome.Success<>(100L));
        }
    }

    @Test
    void anApplyThatThrowsIsAFailedAnswerAndNoChange() {
        try (var bank = Bank.open(store)) {
            bank.accounts().request("alice", new Account.Deposit(3));
            var answer = bank.accounts().request("alice", new Account.Withdraw(4));
            assertThatThrownBy(answer::output)
                    .isInstanceOf(EventFailedException.class)
                    .hasMessageContaining("only 3 there");
            assertThat(bank.accounts().read("alice").cents()).isEqualTo(3);
            assertThat(bank.accounts().request("alice", new Account.Withdraw(3)).output())
                    .isZero();
        }
    }

    @Test
    void aRetryWithOneRequestIdChangesTheStateOnceAlsoAfterARestart() {
        var key = PartitionKey.of("alice");
        var deposit = new Account.Deposit(7);
        RequestId id;
        try (var bank = Bank.open(store)) {
            id = bank.accounts().nextRequestId(key);
            assertThat(bank.accounts()
                            .request(key, deposit, Consistency.FAST, id)
                            .output())
                    .isEqualTo(7);
            bank.accounts().request(key, new Account.Deposit(1));
            assertThat(bank.accounts()
                            .request(key, deposit, Consistency.FINAL, id)
                            .output())
                    .isEqualTo(7);
            assertThat(bank.accounts().read(key).cents()).isEqualTo(8);
        }
        try (var bank = Bank.open(store)) {
            assertThat(bank.accounts()
                            .request(key, deposit, Consistency.FAST, id)
                            .output())
                    .isEqualTo(7);
            assertThat(bank.accounts().read(key).cents()).isEqualTo(8);
        }
    }

    @Test
    void whatWasThereIsThereAfterARestart() {
        var before = new TreeMap<Integer, Account>();
        try (var bank = Bank.open(store)) {
            for (int i = 0; i < 500; i++) {
                bank.accounts().request("p" + i % 100, new Account.Deposit(i));
                bank.accounts().request("p" + i % 100, new Account.Note("n" + i));
            }
            for (int i = 0; i < 100; i++) {
                before.put(i, bank.accounts().read("p" + i));
            }
        }
        try (var bank = Bank.open(store)) {
            before.forEach(
                    (i, account) -> assertThat(bank.accounts().read("p" + i)).isEqualTo(account));
            before.forEach((i, account) ->
                    assertThat(bank.accounts().read("p" + i, Consistency.FINAL)).isEqualTo(account));
        }
    }

    @Test
    void aCacheSmallerThanTheDataChangesNothing() {
        try (var bank = Bank.open(store, settings -> settings.cacheBytes(2_000))) {
            for (int round = 1; round <= 3; round++) {
                for (int i = 0; i < 300; i++) {
                    assertThat(bank.accounts()
                                    .request("p" + i, new Account.Deposit(i))
                                    .output())
                            .isEqualTo((long) round * i);
                }
            }
            for (int i = 0; i < 300; i++) {
                assertThat(bank.accounts().read("p" + i).cents()).isEqualTo(3L * i);
            }
        }
    }

    @Test
    void stagesCompleteWithAnswersAndCallBackWithoutBlockingTheLane() throws Exception {
        try (var bank = Bank.open(store)) {
            var accounts = bank.accounts();
            // The callback makes a blocking request of its own, to the same lane.
            var nested = accounts.requestLater("alice", new Account.Deposit(1), Consistency.FAST)
                    .thenApply(_ ->
                            accounts.request("alice", new Account.Deposit(2)).output());
            assertThat(nested.toCompletableFuture().get(20, TimeUnit.SECONDS)).isEqualTo(3);
            var read = accounts.readLater(PartitionKey.of("alice"), Consistency.FINAL);
            assertThat(read.toCompletableFuture().get(20, TimeUnit.SECONDS).cents())
                    .isEqualTo(3);
        }
    }

    @Test
    void anEventThatIsTooLargeIsRefused() {
        try (var bank = Bank.open(store, settings -> settings.maxEventBytes(100))) {
            assertThatThrownBy(() -> bank.accounts().request("alice", new Account.Note("x".repeat(200))))
                    .isInstanceOf(RequestException.TooLarge.class)
                    .hasMessageContaining("maxEvent");
            assertThat(bank.accounts().read("alice").note()).isEmpty();
        }
    }

    @Test
    void aClosedLegionRefusesEverythingAndClosingAgainDoesNothing() {
        var bank = Bank.open(store);
        bank.close();
        bank.legion().close();
        assertThatThrownBy(() -> bank.accounts().request("alice", new Account.Deposit(1)))
                .isInstanceOfSatisfying(
                        RequestException.Closed.class,
                        closed -> assertThat(closed.fate()).isEqualTo(RequestException.Fate.NOT_APPLIED));
        assertThatThrownBy(() -> bank.accounts().read("alice")).isInstanceOf(RequestException.Closed.class);
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
                var status = bank.legion().status(shard).orElseThrow();
                assertThat(status.participants()).hasSize(1);
                assertThat(status.self().node()).isEqualTo(bank.legion().node());
            }
        }
    }
}
