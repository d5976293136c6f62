package io.legion.runtime.lane;

import io.legion.core.NodeId;
import io.legion.core.shard.FoldObserver;
import io.legion.core.shard.PartitionTypes;
import io.legion.core.shard.ReplicaSettings;
import io.legion.runtime.storage.StateCache;
import io.legion.service.Logger;
import io.legion.spi.Durability;
import io.legion.spi.Store;

/// What a [Lane] stands on.
///
/// @param self the node's identity
/// @param shards the number of shards of the cluster
/// @param durability how far events are stored before they are sent or answered
/// @param requests shows how full the memories of requests are
/// @param observer hears what folds
public record LaneSetup(
        NodeId self,
        int shards,
        Durability durability,
        ReplicaSettings replicas,
        PartitionTypes types,
        Store store,
        StateCache cache,
        RequestMeter requests,
        FoldObserver observer,
        Logger logger) {
    /// A lane in which nobody hears what folds.
    public LaneSetup(
            NodeId self,
            int shards,
            Durability durability,
            ReplicaSettings replicas,
            PartitionTypes types,
            Store store,
            StateCache cache,
            RequestMeter requests,
            Logger logger) {
        this(self, shards, durability, replicas, types, store, cache, requests, FoldObserver.NONE, logger);
    }
}
