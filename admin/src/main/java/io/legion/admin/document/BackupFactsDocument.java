package io.legion.admin.document;

import io.legion.backup.ClusterFacts;
import io.legion.operations.TypeShape;
import java.util.List;
import java.util.SortedMap;

/// `/backup`.
public record BackupFactsDocument(
        String cluster,
        String name,
        String release,
        SortedMap<String, String> settings,
        List<TypeShape> types,
        List<Shard> shards) {
    /// A shard.
    ///
    /// @param quiet whether nothing is outstanding at any participant, all of which are at the same position
    public record Shard(int shard, boolean quiet, long position, String historyHash, long salvage) {}

    /// What is known of the cluster.
    public static BackupFactsDocument of(ClusterFacts facts) {
        return new BackupFactsDocument(
                facts.cluster(),
                facts.name(),
                facts.release(),
                facts.settings(),
                facts.types(),
                facts.looks().stream()
                        .map(look -> new Shard(
                                look.shard(),
                                look.isQuiet(),
                                look.position(),
                                Long.toHexString(look.historyHash()),
                                look.salvage()))
                        .toList());
    }
}
