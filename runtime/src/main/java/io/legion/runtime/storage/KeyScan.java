package io.legion.runtime.storage;

import io.legion.core.Bytes;
import io.legion.core.PartitionKey;
import io.legion.core.shard.PartitionAddress;
import io.legion.operations.KeyPage;
import io.legion.spi.Store;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/// Lists the keys of the partitions of one type whose states are in the store, shard by shard. It looks at a
/// bounded number of records for each page, a shard without any counting as one.
public final class KeyScan {
    /// At how many records it looks for a page.
    public static final int MOST_LOOKS = 10_000;

    private final Store store;
    private final int type;
    private final Bytes prefix;
    private final int limit;
    private final List<KeyPage.Found> found = new ArrayList<>();
    private int looks;

    private KeyScan(Store store, int type, Bytes prefix, int limit) {
        this.store = store;
        this.type = type;
        this.prefix = prefix;
        this.limit = limit;
    }

    /// A page.
    ///
    /// @param shards those to list
    /// @throws io.legion.spi.StoreException if the store cannot be read
    public static KeyPage page(
            Store store, SortedSet<Integer> shards, int type, Bytes prefix, KeyPage.Bookmark from, int limit) {
        return new KeyScan(store, type, prefix, limit).page(shards, from);
    }

    private KeyPage page(SortedSet<Integer> shards, KeyPage.Bookmark from) {
        for (int shard : shards.tailSet(from.shard())) {
            Optional<PartitionKey> after = shard == from.shard() ? from.after() : Optional.empty();
            if (isFull()) {
                return new KeyPage(List.copyOf(found), Optional.of(new KeyPage.Bookmark(shard, after)));
            }
            looks++;
            Optional<PartitionKey> last = scan(shard, after);
            if (last.isPresent()) {
                return new KeyPage(List.copyOf(found), Optional.of(new KeyPage.Bookmark(shard, last)));
            }
        }
        return new KeyPage(List.copyOf(found), Optional.empty());
    }

    private boolean isFull() {
        return found.size() >= limit || looks >= MOST_LOOKS;
    }

    /// @return the last key that was listed, if the page is full
    private Optional<PartitionKey> scan(int shard, Optional<PartitionKey> after) {
        byte[] all = ShardLayout.states(shard, type, prefix);
        byte[] begin = after.map(key -> following(shard, key))
                .filter(key -> Arrays.compareUnsigned(key, all) > 0)
                .orElse(all);
        byte[] end = ShardLayout.after(all);
        if (Arrays.compareUnsigned(begin, end) < 0) {
            store.scan(begin, end, (key, _) -> {
                found.add(
                        new KeyPage.Found(shard, ShardLayout.addressOfState(key).key()));
                looks++;
                return !isFull();
            });
        }
        return isFull() && !found.isEmpty() && found.getLast().shard() == shard
                ? Optional.of(found.getLast().key())
                : Optional.empty();
    }

    private byte[] following(int shard, PartitionKey key) {
        byte[] at = ShardLayout.state(shard, new PartitionAddress(type, key));
        return Arrays.copyOf(at, at.length + 1);
    }
}
