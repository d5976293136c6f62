package io.legion.backup;

import io.legion.core.NodeId;
import io.legion.operations.TypeShape;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;

/// What a backup says of the cluster that it is of.
///
/// @param cluster the cluster's id
/// @param name its name
/// @param release of Legion, at the node that was asked
/// @param settings what was fixed when the cluster was founded
/// @param types its partition types
/// @param looks its shards, in the order of their numbers
/// @param asked the nodes that said how their shards are
/// @param silent the members that could not be asked
/// @param saving how many nodes may have requests to submit again that they saved from copies that had stopped
public record ClusterFacts(
        String cluster,
        String name,
        String release,
        SortedMap<String, String> settings,
        List<TypeShape> types,
        List<ShardLook> looks,
        SortedSet<NodeId> asked,
        SortedSet<NodeId> silent,
        int saving) {
    /// How many requests wait to be submitted again, at least.
    public long salvage() {
        return saving + looks.stream().mapToLong(ShardLook::salvage).sum();
    }
}
