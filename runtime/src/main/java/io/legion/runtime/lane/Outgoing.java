package io.legion.runtime.lane;

import io.legion.core.NodeId;
import io.legion.core.shard.Message;
import io.legion.core.shard.Request;

/// Takes what the shards of a lane have for other nodes, after the lane has stored it. The thread that owns the
/// lane calls it; it must not block or throw.
public interface Outgoing {
    /// A message for the replica of the shard on another node. It may be lost.
    void send(int shard, NodeId to, Message message);

    /// A request that this node's replica cannot finish: the node routes it again, under its id.
    void resubmit(int shard, Request request);
}
