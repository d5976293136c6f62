package io.legion.runtime.storage;

import io.legion.core.IndexRecord;
import io.legion.core.SearchTag;
import io.legion.core.shard.PartitionAddress;
import io.legion.core.shard.Shards;
import io.legion.core.shard.UnstoredTags;
import io.legion.spi.Store;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.IntFunction;

/// Searches this node's own index: the one in the store, and what the projected states of the shards add and
/// drop (R66).
public final class IndexSearch {
    private final Store store;
    private final int shards;
    private final IntFunction<UnstoredTags> unstored;

    /// @param shards the number of shards of the cluster
    /// @param unstored what a shard adds and drops; throws if the shard cannot say so
    public IndexSearch(Store store, int shards, IntFunction<UnstoredTags> unstored) {
        this.store = store;
        this.shards = shards;
        this.unstored = unstored;
    }

    /// The first records strictly greater than a search tag, of some shards.
    ///
    /// @param limit the most records; if there are fewer, these are all
    public List<IndexRecord> page(int type, SearchTag from, int limit, SortedSet<Integer> ofShards) {
        var changes = new HashMap<Integer, UnstoredTags>();
        var found = new TreeSet<IndexRecord>();
        for (int shard : ofShards) {
            UnstoredTags change = unstored.apply(shard);
            changes.put(shard, change);
            change.added(type, from).stream().limit(limit).forEach(found::add);
        }
        found.addAll(stored(type, from, limit, changes));
        return found.stream().limit(limit).toList();
    }

    private List<IndexRecord> stored(int type, SearchTag from, int limit, Map<Integer, UnstoredTags> changes) {
        var stored = new ArrayList<IndexRecord>();
        byte[] end = ShardLayout.after(ShardLayout.typeOfIndex(type));
        store.scan(ShardLayout.afterSearchTag(type, from), end, (key, _) -> {
            IndexRecord indexed = ShardLayout.recordOf(key);
            UnstoredTags change = changes.get(Shards.of(new PartitionAddress(type, indexed.key()), shards));
            if (change != null && !change.isDropped(type, indexed)) {
                stored.add(indexed);
            }
            return stored.size() < limit;
        });
        return stored;
    }
}
