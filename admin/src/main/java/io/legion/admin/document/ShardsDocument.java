package io.legion.admin.document;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// `/shards`.
///
/// @param next after which shard the next page begins; null if nothing follows
public record ShardsDocument(
        List<ShardDocument> shards, @Nullable Integer next) {}
