package io.legion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.legion.core.Consistency;
import io.legion.core.PartitionKey;
import io.legion.core.Tag;
import io.legion.core.shard.PartitionAddress;
import io.legion.core.shard.Shards;
import io.legion.memory.MemoryStore;
import io.legion.memory.SoloCluster;
import io.legion.operations.NodeReport;
import io.legion.operations.NodeReport.StoreReport.State;
import io.legion.operations.StoppedShard;
import io.legion.runtime.lane.TestLanes;
import io.legion.runtime.storage.ShardLayout;
import io.legion.service.Logger;
import io.legion.service.RecordingLogger;
import io.legion.service.RecordingMonitor;
import io.legion.spi.Batch;
import io.legion.spi.Durability;
import io.legion.spi.StoreException;
import io.legion.spi.WrappedStore;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

final class StoreFailureTest {
    private final MemoryStore memory = TestLanes.memory();
    private final WrappedStore store = new WrappedStore(memory);

    @Test
    void aFailedWriteStopsItsShardsAndTellsTheCaller() {
        try (var bank = Bank.open(store)) {
            bank.accounts().of("alice").request(new Account.Deposit(5), Consistency.FAST);
            store.beforeWrite = _ -> {
                throw new StoreException("the disk is full.");
            };
            assertThatThrownBy(() -> bank.accounts().of("alice").request(new Account.Deposit(1), Consistency.FAST))
                    .isInstanceOfSatisfying(RequestException.ShardStopped.class, stopped -> {
                        assertThat(stopped.fate()).isEqualTo(RequestException.Fate.UNKNOWN);
                        assertThat(stopped.requestId()).isPresent();
                    })
                    .hasMessageContaining("the disk is full");
            bank.logger().expect(Logger.Priority.ERROR, "the disk is full");
            assertThatThrownBy(() -> bank.accounts().of("alice").read(Consistency.FAST))
                    .isInstanceOf(RequestException.ShardStopped.class);
            store.beforeWrite = _ -> {};
        }
        try (var bank = Bank.open(store)) {
            assertThat(bank.accounts().of("alice").read(Consistency.FAST).cents())
                    .isEqualTo(5);
        }
    }

    @Test
    void theReportSaysWhetherTheStoreIsDamagedOrDidNotWrite() {
        assertThat(reportAfter(new StoreException("the disk is away."))).isEqualTo(State.FAILED);
        assertThat(reportAfter(new StoreException.Damaged("a block is damaged.", new IllegalStateException())))
                .isEqualTo(State.DAMAGED);
    }

    @Test
    void theReportSaysWhatTheStoreCannotReadThoughItGoesOn() {
        try (var bank = Bank.open(store)) {
            assertThat(bank.legion().operations().report().store().why()).isEmpty();
            store.warning = Optional.of("a table is damaged.");
            assertThat(bank.legion().operations().report().store())
                    .isEqualTo(new NodeReport.StoreReport(State.OK, "a table is damaged."));
        }
    }

    private State reportAfter(StoreException failure) {
        var failing = new WrappedStore(TestLanes.memory());
        try (var bank = Bank.open(failing)) {
            bank.accounts().of("alice").request(new Account.Deposit(5), Consistency.FAST);
            failing.beforeWrite = _ -> {
                throw failure;
            };
            assertThatThrownBy(() -> bank.accounts().of("alice").request(new Account.Deposit(1), Consistency.FAST))
                    .isInstanceOf(RequestException.ShardStopped.class);
            bank.logger().expect(Logger.Priority.ERROR, String.valueOf(failure.getMessage()));
            var state = bank.legion().operations().report().store().state();
            failing.beforeWrite = _ -> {};
            return state;
        }
    }

    /// R76: what the store has no room for is not there, and everything else can be read.
    @Test
    void whileTheStoreIsFullReadsGoOnAndChangesAreRefusedAndThenAllGoesOn() {
        try (var bank = Bank.open(store)) {
            var alice = bank.accounts().of("alice");
            alice.request(new Account.Deposit(5), Consistency.FINAL);
            store.beforeWrite = _ -> {
                throw new StoreException.Full("no room on the disk.");
            };
            for (int i = 0; i < 10; i++) {
                assertThatThrownBy(() -> alice.request(new Account.Deposit(1), Consistency.FAST))
                        .isInstanceOf(RequestException.ShardStopped.class)
                        .hasMessageContaining("the store is full: no room on the disk.");
                assertThat(alice.read(Consistency.FAST).cents()).isEqualTo(5);
                assertThat(bank.accounts().searchAll(Search.of(Tag.of("cents", 5))))
                        .hasSize(1);
            }
            assertThat(bank.legion().operations().stoppedShards())
                    .isNotEmpty()
                    .allSatisfy(stopped -> assertThat(stopped.reason()).contains("no room on the disk"));
            bank.logger().expect(Logger.Priority.ERROR, "The store is full");
            store.beforeWrite = _ -> {};
            awaitNothingStopped(bank);
            bank.logger().expect(Logger.Priority.INFO, "The store takes writes again");
            assertThat(alice.request(new Account.Deposit(1), Consistency.FINAL).output())
                    .isEqualTo(6);
        }
        try (var bank = Bank.open(store)) {
            assertThat(bank.accounts().of("alice").read(Consistency.FINAL).cents())
                    .isEqualTo(6);
        }
    }

    private static void awaitNothingStopped(Bank bank) {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!bank.legion().operations().stoppedShards().isEmpty()) {
            assertThat(System.nanoTime()).isLessThan(end);
            LockSupport.parkNanos(10_000_000);
        }
    }

    @Test
    void aStateThatCanNotBeReadStopsItsShardAndNoOther() {
        var broken = new PartitionAddress(Account.TYPE.id(), PartitionKey.of("alice"));
        int shard = Shards.of(broken, 16);
        var elsewhere = "bob";
        assertThat(Shards.of(new PartitionAddress(Account.TYPE.id(), PartitionKey.of(elsewhere)), 16))
                .isNotEqualTo(shard);
        byte[] key = ShardLayout.state(shard, broken);
        byte[] garbage = {(byte) 0xff, 1, 2};
        try (var bank = Bank.open(store)) {
            bank.accounts().of("alice").request(new Account.Deposit(5), Consistency.FAST);
            bank.accounts().of(elsewhere).request(new Account.Deposit(6), Consistency.FAST);
        }
        memory.write(new Batch().put(key, garbage), Durability.MEMORY);
        try (var bank = Bank.open(store)) {
            assertThatThrownBy(() -> bank.accounts().of("alice").request(new Account.Deposit(1), Consistency.FAST))
                    .isInstanceOf(RequestException.ShardStopped.class)
                    .hasMessageContaining("alice")
                    .hasMessageContaining("cannot be read");
            bank.logger().expect(Logger.Priority.ERROR, "cannot be read");
            assertThat(bank.legion().operations().stoppedShards())
                    .as("the store gave the bytes that were written")
                    .singleElement()
                    .satisfies(stopped -> assertThat(stopped.kind()).isEqualTo(StoppedShard.Kind.OTHER));
            assertThat(bank.accounts().of(elsewhere).read(Consistency.FAST).cents())
                    .isEqualTo(6);
        }
        assertThat(memory.get(key)).isEqualTo(garbage);
    }

    /// R65: unreadable is not empty.
    @Test
    void aReadErrorIsNotAnEmptyState() {
        try (var bank = Bank.open(store)) {
            bank.accounts().of("alice").request(new Account.Deposit(5), Consistency.FAST);
        }
        try (var bank = Bank.open(store)) {
            store.beforeGet = () -> {
                throw new StoreException("the disk does not answer.");
            };
            assertThatThrownBy(() -> bank.accounts().of("alice").read(Consistency.FAST))
                    .isInstanceOf(RequestException.ShardStopped.class)
                    .hasMessageContaining("does not answer");
            bank.logger().expect(Logger.Priority.ERROR, "does not answer");
            store.beforeGet = () -> {};
        }
    }

    @Test
    void aShardThatIsMissingInTheStoreIsStoppedAndNotBegunAgain() {
        int shard = Shards.of(new PartitionAddress(Account.TYPE.id(), PartitionKey.of("alice")), 16);
        try (var bank = Bank.open(store)) {
            bank.accounts().of("alice").request(new Account.Deposit(5), Consistency.FAST);
        }
        byte[] records = ShardLayout.begin('r', shard);
        memory.write(new Batch().deleteRange(records, ShardLayout.after(records)), Durability.MEMORY);
        try (var bank = Bank.open(store)) {
            bank.logger().expect(Logger.Priority.ERROR, "Shard " + shard + " is stopped");
            bank.logger().allow(Logger.Priority.ERROR, "The copy of shard " + shard + " has stopped here");
            assertThatThrownBy(() -> bank.accounts().of("alice").read(Consistency.FAST))
                    .isInstanceOf(RequestException.ShardStopped.class);
        }
    }

    @Test
    void aFoundingThatTheStoreDoesNotTakeLeavesNothingRunningAndIsBegunAgain() {
        store.beforeWrite = _ -> {
            if (store.writes == 1) {
                throw new StoreException("the disk is full.");
            }
        };
        var logger = RecordingLogger.open();
        var settings = Legion.named("bank").shards(16).settings();
        assertThatThrownBy(() -> Legion.with(settings)
                        .store(store)
                        .cluster(SoloCluster.open())
                        .logger(logger)
                        .monitor(RecordingMonitor.open())
                        .open(Account.TYPE))
                .isInstanceOf(StoreException.class);
        logger.expect(Logger.Priority.ERROR, "the disk is full");
        logger.close();
        store.beforeWrite = _ -> {};
        try (var bank = Bank.open(store)) {
            assertThat(bank.accounts()
                            .of("alice")
                            .request(new Account.Deposit(5), Consistency.FAST)
                            .output())
                    .isEqualTo(5);
        }
    }
}
