package io.legion.core.shard;

import io.legion.core.NodeId;

/// A message for the shard's replica on another node. The network may lose, double, delay or reorder it.
public record Send(NodeId to, Message message) {}
