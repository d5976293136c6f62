package io.legion.admin.picture;

import io.legion.core.NodeId;
import io.legion.core.PartitionKey;
import java.util.Optional;

/// A partition that gets a good part of the events of the last seconds.
///
/// @param server the node that orders its events; empty if that is not known
/// @param sampled how many of the sampled events were for it
/// @param percent which part of all sampled ones these are
/// @param hot true if it holds up the cluster, or soon will: more than half of all events are for it, and they are
/// many,
///     or more than its server orders
public record BusyPlace(
        String type, PartitionKey key, int shard, Optional<NodeId> server, long sampled, int percent, boolean hot) {}
