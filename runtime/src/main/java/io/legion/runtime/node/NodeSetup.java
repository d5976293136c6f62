package io.legion.runtime.node;

import io.legion.runtime.lane.LaneSetup;
import io.legion.service.Monitor;
import io.legion.service.Tracer;
import io.legion.spi.Frames;
import org.jspecify.annotations.Nullable;

/// What a [io.legion.runtime.host.Node] stands on.
///
/// @param lane what its shards stand on: the identity, the partition types, the store
/// @param frames takes what goes to others
/// @param seed for what is drawn at random: times of retries, partners of gossip
/// @param meters shows how the node is doing
/// @param tracer makes spans of what other nodes ask; null where nobody traces
public record NodeSetup(
        LaneSetup lane,
        NodeSettings settings,
        Frames frames,
        long seed,
        NodeMeters meters,
        @Nullable Tracer tracer) {
    /// A node that nobody watches.
    public NodeSetup(LaneSetup lane, NodeSettings settings, Frames frames, long seed) {
        this(lane, settings, frames, seed, new NodeMeters(Monitor.none(), lane.types()), null);
    }
}
