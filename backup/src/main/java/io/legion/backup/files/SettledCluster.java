package io.legion.backup.files;

import io.legion.backup.ClusterFacts;
import io.legion.core.NodeId;
import java.util.Map;
import java.util.SortedSet;

/// A cluster whose shards have settled, and what a backup of it may lack all the same.
///
/// @param facts how its shards were before they settled
/// @param positions of the shards that have changed since the earlier backup: an extract from there on has what was
///     answered
/// @param salvage how many requests waited to be submitted again
/// @param silent the nodes that could not be asked before and after that
record SettledCluster(ClusterFacts facts, Map<Integer, Long> positions, long salvage, SortedSet<NodeId> silent) {}
