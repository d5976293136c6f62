package io.legion.runtime.lane;

import io.legion.core.NodeId;
import io.legion.core.shard.Message;
import io.legion.core.shard.Resubmission;

/// Takes what the shards of a lane have for other nodes, after the lane has stored it. The thread that runs the
/// lane calls it; it must not block or throw.
public interface Outbox {
    /// A message for the replica of the shard on another node. It may be lost.
    void send(int shard, NodeId to, Message message);

    /// A request that this node's replica cannot finish: the node routes it again, under its id.
    void resubmit(int shard, Resubmission resubmission);

    /// Nothing more comes in this round: the outbox can send what it has collected.
    void flush();

    /// For a node that is alone: it has no node to send to.
    static Outbox nowhere() {
        return new Outbox() {
            @Override
            public void send(int shard, NodeId to, Message message) {}

            @Override
            public void resubmit(int shard, Resubmission resubmission) {}

            @Override
            public void flush() {}
        };
    }
}
