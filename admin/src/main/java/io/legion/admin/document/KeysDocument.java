package io.legion.admin.document;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// `/partitions/{type}`.
///
/// @param note what the list lacks
public record KeysDocument(
        List<Key> keys, @Nullable String next, @Nullable String note) {
    /// A partition's key.
    public record Key(String key, int shard) {}
}
