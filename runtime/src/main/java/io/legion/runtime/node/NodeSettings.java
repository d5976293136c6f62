package io.legion.runtime.node;

import io.legion.core.placement.RebalancingSettings;

/// The settings of a [io.legion.runtime.host.Node].
///
/// @param shards the number of shards of the cluster
/// @param rebalancing how many participants a shard has, and how it gets them
/// @param nearest true to serve a request on this node if it takes part in the shard, instead of on the
///     preferred participant: quicker, but requests to one partition then meet on different nodes
/// @param retryMillis how long this node waits for another node's answer before it sends the request again
/// @param gossipMillis how often this node tells another one what it knows of members and shards
/// @param balanceMillis how often this node checks whether its shards have the wished-for participants
/// @param weight this node's share of the shards, compared with others
/// @param zone the name of what fails together with this node; empty if unknown
/// @param address where to find this node, for people and for joining
/// @param release the name of the service's release, for people
/// @param holdsVersions true if no version becomes active unless an operator orders it
public record NodeSettings(
        int shards,
        RebalancingSettings rebalancing,
        boolean nearest,
        long retryMillis,
        long gossipMillis,
        long balanceMillis,
        double weight,
        String zone,
        String address,
        String release,
        boolean holdsVersions) {

    /// @throws IllegalArgumentException if a value is out of its range
    public NodeSettings {
        if (shards < 1 || retryMillis < 1 || gossipMillis < 1 || balanceMillis < 1) {
            throw new IllegalArgumentException("the number of shards and the intervals of a node are at least 1, not "
                    + shards + ", " + retryMillis + ", " + gossipMillis + " and " + balanceMillis);
        }
    }

    /// The usual settings.
    public static NodeSettings defaults(int shards) {
        return new NodeSettings(shards, RebalancingSettings.DEFAULT, false, 500, 1_000, 500, 1, "", "", "", false);
    }

    /// With another policy of rebalancing.
    public NodeSettings with(RebalancingSettings changed) {
        return new NodeSettings(
                shards,
                changed,
                nearest,
                retryMillis,
                gossipMillis,
                balanceMillis,
                weight,
                zone,
                address,
                release,
                holdsVersions);
    }

    /// With requests served on this node where it takes part, or not.
    public NodeSettings withNearest(boolean changed) {
        return new NodeSettings(
                shards,
                rebalancing,
                changed,
                retryMillis,
                gossipMillis,
                balanceMillis,
                weight,
                zone,
                address,
                release,
                holdsVersions);
    }

    /// With what this node says of its release.
    public NodeSettings releasing(String name, boolean holds) {
        return new NodeSettings(
                shards,
                rebalancing,
                nearest,
                retryMillis,
                gossipMillis,
                balanceMillis,
                weight,
                zone,
                address,
                name,
                holds);
    }

    /// With what this node says of itself.
    public NodeSettings describing(double changedWeight, String changedZone, String changedAddress) {
        return new NodeSettings(
                shards,
                rebalancing,
                nearest,
                retryMillis,
                gossipMillis,
                balanceMillis,
                changedWeight,
                changedZone,
                changedAddress,
                release,
                holdsVersions);
    }
}
