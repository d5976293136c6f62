package io.legion.runtime.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.legion.Account;
import io.legion.core.Bytes;
import io.legion.core.IndexRecord;
import io.legion.core.NodeId;
import io.legion.core.PartitionKey;
import io.legion.core.Tag;
import io.legion.core.shard.PartitionAddress;
import io.legion.core.shard.Shards;
import io.legion.memory.SoloCluster;
import io.legion.runtime.host.Node;
import io.legion.runtime.node.NodeSettings;
import io.legion.runtime.node.NodeSetup;
import io.legion.runtime.storage.Retired;
import io.legion.runtime.storage.ShardLayout;
import io.legion.runtime.storage.ShardWipe;
import io.legion.service.Logger;
import io.legion.service.RecordingLogger;
import io.legion.spi.Batch;
import io.legion.spi.Durability;
import io.legion.spi.Store;
import io.legion.spi.StoreException;
import io.legion.spi.WrappedStore;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// A shard whose index is larger than one write takes is dropped, and the process or the store stops meanwhile.
final class ShardWipeTest {
    private static final int SHARDS = 2;
    private static final int RECORDS = 6_000;

    /// About three million bytes are half of them: the first write, two pieces, and the rest.
    private static final int WRITES = 4;

    private static final long LATER = 1_000_000;

    private final RecordingLogger logger = RecordingLogger.open();

    private WrappedStore founded() {
        var store = new WrappedStore(TestLanes.memory());
        store.identify(TestLanes.identity(1, SHARDS));
        var lane = lane(store);
        lane.found(0, List.of(new NodeId(1)));
        lane.found(1, List.of(new NodeId(1)));
        lane.flush();
        var batch = new Batch();
        for (int i = 0; i < RECORDS; i++) {
            var key = PartitionKey.of("p" + i);
            byte[] tag = new byte[1_000];
            Arrays.fill(tag, (byte) (1 + i % 100));
            batch.put(ShardLayout.tag(Account.TYPE.id(), new IndexRecord(new Tag(Bytes.wrap(tag)), key)), new byte[0]);
            var address = new PartitionAddress(Account.TYPE.id(), key);
            byte[] state = Account.TYPE.stateCodec().encode(new Account(i, ""));
            batch.put(ShardLayout.state(Shards.of(address, SHARDS), address), state);
        }
        store.write(batch, Durability.MEMORY);
        return store;
    }

    private Lane lane(Store store) {
        return TestLanes.lane(store, logger, SHARDS);
    }

    /// The write with this number, from 0, fails and so do those after it.
    private static void failFrom(WrappedStore store, int number) {
        var writes = new AtomicInteger();
        store.beforeWrite = _ -> {
            if (writes.getAndIncrement() >= number) {
                throw new StoreException("planted");
            }
        };
    }

    private static int indexed(Store store, int shard) {
        int[] count = {0};
        store.scan(new byte[] {'i'}, new byte[] {'i' + 1}, (key, _) -> {
            var address = new PartitionAddress(
                    ShardLayout.typeOf(key), ShardLayout.recordOf(key).key());
            count[0] += Shards.of(address, SHARDS) == shard ? 1 : 0;
            return true;
        });
        return count[0];
    }

    private static int count(Store store, char kind, int shard) {
        int[] count = {0};
        byte[] begin = ShardLayout.begin(kind, shard);
        store.scan(begin, ShardLayout.after(begin), (_, _) -> {
            count[0]++;
            return true;
        });
        return count[0];
    }

    private WrappedStore cutShort(int write) {
        var store = founded();
        var lane = lane(store);
        lane.recover(0, List.of());
        failFrom(store, write);
        assertThatThrownBy(() -> lane.drop(0)).isInstanceOf(StoreException.class);
        store.beforeWrite = _ -> {};
        return store;
    }

    @Test
    void aLargeShardIsDroppedInManyWritesAndAnotherOneStaysAsItIs() {
        var store = founded();
        int before = store.writes;
        int others = indexed(store, 1);
        int states = count(store, 's', 1);
        var lane = lane(store);
        lane.recover(0, List.of());
        lane.drop(0);
        assertThat(store.writes - before).isEqualTo(WRITES);
        assertThat(indexed(store, 0)).isZero();
        assertThat(count(store, 's', 0) + count(store, 'e', 0) + count(store, 'r', 0))
                .isZero();
        assertThat(indexed(store, 1)).isEqualTo(others);
        assertThat(count(store, 's', 1)).isEqualTo(states);
        assertThat(lane.stored()).contains(1);
    }

    /// A store may have to open its engine again for a write, and that ends the scans under way.
    @Test
    void noWriteIsWithinAScan() {
        var store = founded();
        store.beforeWrite = _ -> assertThat(store.scans).as("scans under way").hasValue(0);
        var lane = lane(store);
        lane.recover(0, List.of());
        lane.drop(0);
        ShardWipe.add(new Batch(), store, 1, SHARDS);
        assertThat(indexed(store, 0) + indexed(store, 1)).isZero();
    }

    @Test
    void beforeTheFirstWriteTheReplicaIsThereAsAWhole() {
        var store = cutShort(0);
        int states = count(store, 's', 0);
        assertThat(states).isGreaterThan(RECORDS / 3);
        assertThat(indexed(store, 0)).isEqualTo(states);
        var lane = lane(store);
        assertThat(lane.stored()).contains(0);
        lane.recover(0, List.of());
        assertThat(lane.status(0)).isPresent();
    }

    @Test
    void afterTheFirstWriteThereIsNoReplicaAndNothingIsLeftOfItWhenTheShardComesAgain() {
        for (int write = 1; write < WRITES; write++) {
            var store = cutShort(write);
            assertThat(indexed(store, 0)).isPositive();
            var lane = lane(store);
            assertThat(lane.stored()).doesNotContain(0);
            assertThat(count(store, 's', 0)).isZero();
            assertThat(Retired.place(store, 0).added()).isNotNegative();
            lane.join(0, List.of(new NodeId(2)));
            assertThat(indexed(store, 0)).as("write %s", write).isZero();
            assertThat(indexed(store, 1)).isGreaterThan(RECORDS / 3);
        }
    }

    @Test
    void aNodeThatStartsAgainFinishesIt() {
        for (int write = 1; write < WRITES; write++) {
            var store = cutShort(write);
            node(store).recover(1);
            assertThat(indexed(store, 0)).as("write %s", write).isZero();
            assertThat(ShardWipe.isBegun(store, 0)).isFalse();
        }
    }

    @Test
    void whatFailsIsToldOnceAndTriedAgainAtALaterLook() {
        var store = cutShort(1);
        var node = node(store);
        store.beforeWrite = _ -> {
            throw new IllegalArgumentException("planted");
        };
        node.recover(1);
        node.tick(LATER);
        assertThat(indexed(store, 0)).isPositive();
        store.beforeWrite = _ -> {};
        node.tick(2 * LATER);
        assertThat(indexed(store, 0)).isZero();
        assertThat(logger.messages(Logger.Priority.ERROR, "planted").size()).isLessThanOrEqualTo(1);
    }

    /// What a copy that begins anew does: a few records go with the batch, many before it.
    @Test
    void aCopyThatBeginsAnewWipesManyRecordsBeforeItsBatch() {
        var store = founded();
        var batch = new Batch();
        ShardWipe.add(batch, store, 0, SHARDS);
        assertThat(batch.size()).isLessThan(ShardWipe.PIECE_BYTES);
        assertThat(lane(store).stored()).doesNotContain(0);
        assertThat(indexed(store, 0)).isZero();
        assertThat(ShardWipe.isBegun(store, 0)).isFalse();
    }

    @Test
    void aCopyThatBeginsAnewWipesFewRecordsInItsBatch() {
        var store = founded();
        store.write(new Batch().deleteRange(new byte[] {'i'}, new byte[] {'i' + 1}), Durability.MEMORY);
        var key = ShardLayout.tag(Account.TYPE.id(), new IndexRecord(Tag.of("one"), PartitionKey.of("p0")));
        store.write(new Batch().put(key, new byte[0]), Durability.MEMORY);
        int shard = indexed(store, 0) == 1 ? 0 : 1;
        int writes = store.writes;
        var batch = new Batch();
        ShardWipe.add(batch, store, shard, SHARDS);
        assertThat(store.writes).isEqualTo(writes);
        store.write(batch, Durability.MEMORY);
        assertThat(indexed(store, shard)).isZero();
        assertThat(lane(store).stored()).doesNotContain(shard);
    }

    private Node node(Store store) {
        var lane = TestLanes.setup(new NodeId(1), store, logger, SHARDS);
        return Node.open(new NodeSetup(lane, NodeSettings.defaults(SHARDS), SoloCluster.open(), 1));
    }
}
