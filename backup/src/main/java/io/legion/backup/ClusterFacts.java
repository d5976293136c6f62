package io.legion.backup;

import io.legion.operations.TypeShape;
import java.util.List;
import java.util.SortedMap;

/// What a backup says of the cluster that it is of.
///
/// @param cluster the cluster's id
/// @param name its name
/// @param release of Legion, at the node that was asked
/// @param settings what was fixed when the cluster was founded
/// @param types its partition types
/// @param looks its shards, in the order of their numbers
public record ClusterFacts(
        String cluster,
        String name,
        String release,
        SortedMap<String, String> settings,
        List<TypeShape> types,
        List<ShardLook> looks) {}
