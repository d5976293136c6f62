package io.legion.core.shard;

import io.legion.core.NodeId;

/// A message for the replica of the same shard on another node. May be lost, doubled, delayed or reordered on its
/// way.
public record Send(NodeId to, Message message) {}
