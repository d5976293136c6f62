package io.legion.operations;

import io.legion.core.PartitionKey;
import java.util.List;
import java.util.Optional;

/// A page of the keys of one partition type, ordered by shard, then key.
///
/// @param next from where the next page goes on; empty if nothing comes after this one. A page with few keys,
///     or none, may have a next one: a node looks at a bounded number of records for each
public record KeyPage(List<Found> keys, Optional<Bookmark> next) {
    /// A key.
    ///
    /// @param shard the shard that it belongs to
    public record Found(int shard, PartitionKey key) {}

    /// Where a page ends and the next one begins.
    ///
    /// @param shard the shard at which the next page goes on
    /// @param after the key after which it does; empty at the beginning of the shard
    public record Bookmark(int shard, Optional<PartitionKey> after) {
        /// Before all keys.
        public static final Bookmark BEGIN = new Bookmark(0, Optional.empty());
    }
}
