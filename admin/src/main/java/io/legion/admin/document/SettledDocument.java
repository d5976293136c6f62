package io.legion.admin.document;

import io.legion.operations.SettledShard;
import java.util.List;

/// What came of `/backup/settle`.
public record SettledDocument(List<Shard> shards) {
    /// A shard.
    ///
    /// @param why what kept it from settling; empty if it settled
    public record Shard(int shard, boolean settled, long position, String why) {}

    public static SettledDocument of(List<SettledShard> shards) {
        return new SettledDocument(shards.stream()
                .map(shard -> new Shard(shard.shard(), shard.isSettled(), shard.position(), shard.why()))
                .toList());
    }
}
