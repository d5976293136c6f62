package io.legion.runtime.node;

import io.legion.core.NodeId;
import io.legion.core.shard.PartitionTypes;
import io.legion.service.Logger;
import io.legion.spi.Frames;
import io.legion.spi.Store;

/// What a [io.legion.runtime.host.Node] stands on.
///
/// @param self the identity of its store
/// @param types the partition types of the cluster
/// @param frames takes what goes to others
/// @param store keeps what the node itself has to remember; that of its lanes
/// @param seed for what is drawn at random: times of retries, partners of gossip
public record NodeSetup(
        NodeId self,
        NodeSettings settings,
        PartitionTypes types,
        Store store,
        Frames frames,
        Logger logger,
        long seed) {}
