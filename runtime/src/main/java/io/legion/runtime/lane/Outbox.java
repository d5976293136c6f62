package io.legion.runtime.lane;

import io.legion.core.NodeId;
import io.legion.core.shard.Message;
import io.legion.core.shard.Resubmission;

/// Takes what the shards of a lane have for other nodes, after it was stored. Called by the thread that runs
/// the lane; it must not block or throw.
public interface Outbox {
    /// A message for the replica of the shard on another node. It may be lost.
    void send(int shard, NodeId to, Message message);

    /// A request that this node's replica can not finish: to be routed again, under its id.
    void resubmit(int shard, Resubmission resubmission);

    /// Nothing more comes in this round: what was collected can be sent.
    void flush();

    /// For a node that is alone: there is nobody to send to.
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
