package io.legion.admin.document;

import io.legion.backup.ClusterFacts;
import io.legion.core.NodeId;
import io.legion.operations.TypeShape;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;

/// `/backup`.
///
/// @param asked the nodes that said how their shards are
/// @param silent the members that could not be asked
/// @param saving how many nodes may have requests to submit again that they saved from copies that had stopped
public record BackupFactsDocument(
        String cluster,
        String name,
        String release,
        SortedMap<String, String> settings,
        List<TypeShape> types,
        List<Shard> shards,
        List<String> asked,
        List<String> silent,
        int saving) {
    /// A shard.
    ///
    /// @param quiet whether nothing is outstanding at any participant, all of which are at the same position
    public record Shard(
            int shard, boolean quiet, long position, String historyHash, long era, long epoch, long salvage) {}

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
                                look.era(),
                                look.epoch(),
                                look.salvage()))
                        .toList(),
                texts(facts.asked()),
                texts(facts.silent()),
                facts.saving());
    }

    private static List<String> texts(SortedSet<NodeId> nodes) {
        return nodes.stream().map(NodeId::toString).toList();
    }
}
