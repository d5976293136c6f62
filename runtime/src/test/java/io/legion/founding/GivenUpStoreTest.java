package io.legion.founding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.legion.Account;
import io.legion.Legion;
import io.legion.Search;
import io.legion.StartupException;
import io.legion.core.Bytes;
import io.legion.core.Consistency;
import io.legion.core.PartitionKey;
import io.legion.core.PartitionType;
import io.legion.core.RequestId;
import io.legion.core.Tag;
import io.legion.core.shard.PartitionAddress;
import io.legion.core.shard.Request;
import io.legion.memory.MemoryStore;
import io.legion.runtime.lane.TestLanes;
import io.legion.runtime.storage.SavedRequests;
import io.legion.service.Logger;
import io.legion.service.Managed;
import io.legion.service.RecordingLogger;
import io.legion.spi.Batch;
import io.legion.spi.Durability;
import io.legion.spi.Store;
import io.legion.spi.WrappedStore;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class GivenUpStoreTest {
    private static final int ACCOUNTS = 300;

    private final MemoryStore old = TestLanes.memory();
    private final MemoryStore store = TestLanes.memory();
    private final RecordingLogger logger = RecordingLogger.open();

    @AfterEach
    void nothingUnexpectedWasLogged() {
        logger.close();
        old.close();
        store.close();
    }

    private Legion oldBank() {
        return Legion.named("old bank").shards(16).store(old).logger(logger).open(Account.TYPE);
    }

    private void deposit(Legion legion, int first, long cents) {
        var accounts = legion.partitions(Account.TYPE);
        for (int i = first; i < first + ACCOUNTS; i++) {
            accounts.of("a" + i).request(new Account.Deposit(cents + i), Consistency.FINAL);
        }
    }

    private Legion newBank(FoundingData data, int shards) {
        return Legion.named("bank")
                .shards(shards)
                .store(store)
                .logger(logger)
                .founding(data)
                .open(Account.TYPE);
    }

    private GivenUpStore givenUp(Store from) {
        return GivenUpStore.of("old bank", Managed.pure(from), logger, Account.TYPE);
    }

    private static Map<String, Long> all(Legion legion) {
        var all = new HashMap<String, Long>();
        legion.partitions(Account.TYPE)
                .searchAll(Search.all())
                .forEach(found -> all.put(
                        found.key().text(),
                        legion.partitions(Account.TYPE)
                                .of(found.key())
                                .read(Consistency.FINAL)
                                .cents()));
        return all;
    }

    @Test
    void anotherNumberOfShardsHasAllThatTheOldClusterHad() {
        Map<String, Long> before;
        try (var legion = oldBank()) {
            deposit(legion, 0, 1);
            before = all(legion);
        }
        try (var legion = newBank(givenUp(old), 5)) {
            assertThat(all(legion)).isEqualTo(before).hasSize(ACCOUNTS);
            assertThat(legion.operations().identity().cluster())
                    .isNotEqualTo(old.identity().orElseThrow().cluster());
            assertThat(legion.node()).isNotEqualTo(old.identity().orElseThrow().node());
            deposit(legion, 0, 1);
        }
    }

    /// What a killed node had accepted is in its log, and no checkpoint has it.
    @Test
    void eventsThatOnlyTheLogHasAreThere() {
        Map<String, Long> before;
        try (var torn = TestLanes.memory();
                var legion = oldBank()) {
            deposit(legion, 0, 1);
            legion.partitions(Account.TYPE).of("late").request(new Account.Deposit(77), Consistency.FINAL);
            before = all(legion);
            copy(old, torn);
            try (var next = newBank(givenUp(torn), 32)) {
                assertThat(all(next)).isEqualTo(before).containsEntry("late", 77L);
            }
        }
    }

    /// As a kill leaves it.
    private static void copy(Store from, Store to) {
        to.identify(from.identity().orElseThrow());
        var batch = new Batch();
        from.scan(new byte[0], null, (key, value) -> {
            batch.put(key, value);
            return true;
        });
        to.write(batch, Durability.MEMORY);
    }

    @Test
    void theOldStoreIsOnlyRead() {
        try (var legion = oldBank()) {
            deposit(legion, 0, 1);
        }
        var guarded = new WrappedStore(old);
        guarded.beforeWrite = _ -> {
            throw new AssertionError("written");
        };
        newBank(givenUp(guarded), 16).close();
        try (var legion = oldBank()) {
            assertThat(all(legion)).hasSize(ACCOUNTS);
        }
    }

    @Test
    void anotherClusterThanTheNamedOneIsNotGivenUp() {
        oldBank().close();
        assertThatThrownBy(() -> GivenUpStore.of("older bank", Managed.pure(old), logger, Account.TYPE)
                        .title())
                .isInstanceOf(FoundingDataException.class)
                .hasMessageContaining(
                        "The store holds the cluster 'old bank', and the cluster 'older bank' is given up");
        assertThatThrownBy(() -> GivenUpStore.of("old bank", Managed.pure(store), logger, Account.TYPE)
                        .title())
                .isInstanceOf(FoundingDataException.class)
                .hasMessageContaining("holds no cluster");
    }

    @Test
    void aStoreWithoutAShardIsRefused() {
        try (var legion = oldBank()) {
            deposit(legion, 0, 1);
        }
        old.write(new Batch().deleteRange(new byte[] {'r', 0, 7}, new byte[] {'r', 0, 8}), Durability.MEMORY);
        assertThatThrownBy(() -> newBank(givenUp(old), 16))
                .isInstanceOf(StartupException.class)
                .hasMessageContaining("Shard 7 of the store that is given up: The store has no copy of it");
    }

    @Test
    void aStoreThatLostWritesIsRefusedAndOneThatMayHaveIsSaidToBe() {
        oldBank().close();
        var damaged = new WrappedStore(old);
        damaged.complete = false;
        damaged.damage = Optional.of("its files go to change 3, and they had reached change 9.");
        assertThatThrownBy(() -> givenUp(damaged).title())
                .isInstanceOf(FoundingDataException.class)
                .hasMessageContaining("they had reached change 9");
        damaged.damage = Optional.empty();
        assertThat(givenUp(damaged).title()).contains("'old bank'");
        logger.expect(Logger.Priority.WARNING, "may lack the last events");
    }

    @Test
    void everyTypeOfTheOldClusterIsNeeded() {
        try (var legion = oldBank()) {
            deposit(legion, 0, 1);
        }
        var other = PartitionType.named("other", new Account(0, "")).events(Account.Change.class);
        assertThatThrownBy(() -> newBank(GivenUpStore.of("old bank", Managed.pure(old), logger, other), 16))
                .isInstanceOf(StartupException.class)
                .hasMessageContaining("Give every partition type of the old cluster");
    }

    @Test
    void whatIsFoundIsWhatIsThere() {
        try (var legion = oldBank()) {
            legion.partitions(Account.TYPE).of("alice").request(new Account.Deposit(5), Consistency.FINAL);
            legion.partitions(Account.TYPE).of("alice").request(new Account.Withdraw(5), Consistency.FINAL);
            legion.partitions(Account.TYPE).of("bob").request(new Account.Deposit(6), Consistency.FINAL);
        }
        try (var legion = newBank(givenUp(old), 3)) {
            assertThat(legion.partitions(Account.TYPE).searchAll(Search.all()).map(found -> found.tag()))
                    .containsExactly(Tag.of("cents", 6));
        }
    }

    @Test
    void anInterruptedFoundingFromItGoesOn() {
        try (var legion = oldBank()) {
            deposit(legion, 0, 1);
        }
        var from = givenUp(old);
        long all = from.read(0, item -> {});
        assertThat(all).isEqualTo(ACCOUNTS);
        var rest = new java.util.ArrayList<FoundingRecord>();
        assertThat(from.read(100, rest::add)).isEqualTo(all);
        assertThat(rest).hasSize(ACCOUNTS - 100);
        String before = from.title();
        assertThat(givenUp(old).title()).isEqualTo(before);
        try (var legion = oldBank()) {
            legion.partitions(Account.TYPE).of("alice").request(new Account.Deposit(5), Consistency.FINAL);
        }
        assertThat(from.title()).isNotEqualTo(before);
    }

    /// A copy that had stopped left an event behind, which nobody knows to be in history.
    @Test
    void aStoreWithEventsToSubmitAgainIsRefusedUnlessTheyMayBeLeftOut() {
        try (var legion = oldBank()) {
            deposit(legion, 0, 1);
        }
        var batch = new Batch();
        var address = new PartitionAddress(Account.TYPE.id(), PartitionKey.of("late"));
        SavedRequests.add(
                batch,
                3,
                new Request(new RequestId(1, 1), null, address, Bytes.of("an event"), null, Consistency.DURABLE));
        old.write(batch, Durability.MEMORY);

        assertThatThrownBy(() -> newBank(givenUp(old), 16))
                .isInstanceOf(StartupException.class)
                .hasMessageContaining("still had 1 events to submit again")
                .hasMessageContaining("Start the old cluster again")
                .hasMessageContaining("withoutSalvage");
        try (var legion = newBank(givenUp(old).withoutSalvage(), 16)) {
            assertThat(all(legion)).hasSize(ACCOUNTS);
        }
        logger.expect(Logger.Priority.WARNING, "not in the new cluster either, as withoutSalvage says");
    }
}
