package io.legion.operations;

import io.legion.core.NodeId;

/// A shard that has stopped on a node: its copy there cannot be read, breaks an invariant, or differs from
/// the others'. After [io.legion.PlacementSettings#replaceStoppedAfter] the other participants go on without
/// it, if they are a majority.
///
/// @param node where it has stopped
/// @param reason what happened
/// @param kept true if the copy stays there until a person calls [Operations#dropStoppedCopy] on that node;
///     false if the node copies the shard anew by itself
public record StoppedShard(NodeId node, int shard, String reason, boolean kept) {}
