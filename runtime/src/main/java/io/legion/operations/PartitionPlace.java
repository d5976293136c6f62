package io.legion.operations;

import io.legion.core.NodeId;
import java.util.List;

/// Where a partition is, as far as a node knows.
///
/// @param shard the shard that it belongs to
/// @param participants the nodes that take part in the shard, the preferred one first; empty if the node has
///     heard of none
public record PartitionPlace(int shard, List<NodeId> participants) {}
