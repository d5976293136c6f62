package io.legion.runtime;

import io.legion.core.shard.PartitionAddress;
import io.legion.core.shard.Shards;

/// Drops everything that one shard has in a store, its records in the common index included.
final class ShardWipe {
    private ShardWipe() {}

    /// Adds the deletions to the batch. Walks the whole index of the node once, which a wipe is rare enough for.
    static void add(Batch batch, Store store, int shard, int shards) {
        for (char kind : new char[] {'s', 'e', 'r'}) {
            byte[] begin = ShardLayout.begin(kind, shard);
            batch.deleteRange(begin, ShardLayout.after(begin));
        }
        store.scan(new byte[] {'i'}, new byte[] {'i' + 1}, (key, _) -> {
            var address = new PartitionAddress(
                    ShardLayout.typeOf(key), ShardLayout.recordOf(key).key());
            if (Shards.of(address, shards) == shard) {
                batch.delete(key);
            }
            return true;
        });
    }
}
