package io.legion.runtime.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.core.Bytes;
import io.legion.core.PartitionKey;
import io.legion.core.shard.PartitionAddress;
import io.legion.operations.KeyPage;
import io.legion.runtime.lane.TestLanes;
import io.legion.spi.Batch;
import io.legion.spi.Durability;
import io.legion.spi.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class KeyScanTest {
    private static final int TYPE = 7;
    private static final int OTHER_TYPE = 8;

    private final Store store = TestLanes.memory();

    KeyScanTest() {
        store.identify(TestLanes.identity(1, 8));
    }

    private void put(int shard, int type, String key) {
        var batch = new Batch();
        batch.put(ShardLayout.state(shard, new PartitionAddress(type, PartitionKey.of(key))), new byte[] {1});
        store.write(batch, Durability.MEMORY);
    }

    private static SortedSet<Integer> shards(Integer... shards) {
        return new TreeSet<>(List.of(shards));
    }

    private static KeyPage.Found found(int shard, String key) {
        return new KeyPage.Found(shard, PartitionKey.of(key));
    }

    private List<KeyPage.Found> all(SortedSet<Integer> shards, String prefix, int limit) {
        var all = new ArrayList<KeyPage.Found>();
        for (var from = Optional.of(KeyPage.Bookmark.BEGIN); from.isPresent(); ) {
            var page = KeyScan.page(store, shards, TYPE, Bytes.of(prefix), from.get(), limit);
            assertThat(page.keys()).hasSizeLessThanOrEqualTo(limit);
            all.addAll(page.keys());
            assertThat(all).as("the pages come to an end").hasSizeLessThan(20_000);
            from = page.next();
        }
        return all;
    }

    @Test
    void pagesOfAnySizeListEachKeyOfTheShardsOnceInOrder() {
        put(1, TYPE, "b");
        put(1, TYPE, "a");
        put(1, OTHER_TYPE, "c");
        put(2, TYPE, "foreign");
        put(5, TYPE, "aa");
        put(5, TYPE, "x");
        for (int limit = 1; limit < 6; limit++) {
            assertThat(all(shards(0, 1, 3, 5), "", limit))
                    .containsExactly(found(1, "a"), found(1, "b"), found(5, "aa"), found(5, "x"));
            assertThat(all(shards(0, 1, 3, 5), "a", limit)).containsExactly(found(1, "a"), found(5, "aa"));
        }
        assertThat(all(shards(), "", 10)).isEmpty();
    }

    @Test
    void aPageLooksAtABoundedNumberOfRecords() {
        int keys = KeyScan.MOST_LOOKS + 10;
        for (int i = 0; i < keys; i++) {
            put(0, TYPE, "key" + i);
        }
        var first = KeyScan.page(store, shards(0, 1), TYPE, Bytes.EMPTY, KeyPage.Bookmark.BEGIN, Integer.MAX_VALUE);
        assertThat(first.keys()).hasSizeBetween(KeyScan.MOST_LOOKS - 10, KeyScan.MOST_LOOKS);
        assertThat(first.next()).isPresent();
        assertThat(all(shards(0, 1), "", 1_000)).hasSize(keys).doesNotHaveDuplicates();
    }

    /// A position of another search, or of a node with other shards, leads nowhere else.
    @Test
    void aPositionThatFitsNothingGoesOnBehindIt() {
        put(1, TYPE, "a");
        put(3, TYPE, "ab");
        var beyond = new KeyPage.Bookmark(1, Optional.of(PartitionKey.of("zzz")));
        assertThat(KeyScan.page(store, shards(1, 3), TYPE, Bytes.of("a"), beyond, 10)
                        .keys())
                .containsExactly(found(3, "ab"));
        var unknown = new KeyPage.Bookmark(2, Optional.of(PartitionKey.of("b")));
        assertThat(KeyScan.page(store, shards(1, 3), TYPE, Bytes.EMPTY, unknown, 10)
                        .keys())
                .containsExactly(found(3, "ab"));
    }
}
