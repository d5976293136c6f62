package io.legion;

import io.legion.service.Configuration;
import io.legion.service.Default;
import java.time.Duration;

/// Where the shards of a cluster are. The first three must be the same on all nodes.
///
/// @param replicas how many nodes have a copy of each shard, if there are as many
/// @param replaceAfter how long a node may be out of reach before others take over its shards; 0s for never:
///     then only an operator can declare it gone
/// @param copiesAtOnce how many shards one node copies to others at the same time
/// @param route which copy serves a request
/// @param weight this node's share of the shards, compared with others
/// @param zone the name of what fails together with this node (a rack, a data centre); empty if unknown. The
///     copies of a shard are in different zones, as far as there are enough
public record PlacementSettings(
        @Default("3") int replicas,
        @Default("30s") Duration replaceAfter,
        @Default("4") int copiesAtOnce,
        @Default("preferred") RequestRoute route,
        @Default("1.0") double weight,
        @Default("") String zone) {

    /// @throws IllegalArgumentException if a value is out of its range; the message names it
    public PlacementSettings {
        require(replicas >= 1 && replicas <= 9, "replicas must be from 1 to 9, not " + replicas);
        require(!replaceAfter.isNegative(), "replaceAfter must not be negative, but is " + replaceAfter);
        require(copiesAtOnce >= 1, "copiesAtOnce must be at least 1, not " + copiesAtOnce);
        require(weight > 0 && weight <= 1_000, "weight must be above 0 and at most 1000, not " + weight);
    }

    /// The defaults: three copies, replaced after 30 s, requests to the preferred one.
    public static PlacementSettings defaults() {
        return Configuration.defaults(PlacementSettings.class);
    }

    /// These settings, with another number of copies.
    public PlacementSettings withReplicas(int number) {
        return new PlacementSettings(number, replaceAfter, copiesAtOnce, route, weight, zone);
    }

    /// These settings, with another time after which others take over the shards of a silent node.
    public PlacementSettings withReplaceAfter(Duration time) {
        return new PlacementSettings(replicas, time, copiesAtOnce, route, weight, zone);
    }

    /// These settings, with another number of shards copied at the same time.
    public PlacementSettings withCopiesAtOnce(int number) {
        return new PlacementSettings(replicas, replaceAfter, number, route, weight, zone);
    }

    /// These settings, with another choice of the copy that serves a request.
    public PlacementSettings withRoute(RequestRoute choice) {
        return new PlacementSettings(replicas, replaceAfter, copiesAtOnce, choice, weight, zone);
    }

    /// These settings, with another share of the shards for this node.
    public PlacementSettings withWeight(double share) {
        return new PlacementSettings(replicas, replaceAfter, copiesAtOnce, route, share, zone);
    }

    /// These settings, with another zone.
    public PlacementSettings withZone(String name) {
        return new PlacementSettings(replicas, replaceAfter, copiesAtOnce, route, weight, name);
    }

    private static void require(boolean condition, String sentence) {
        if (!condition) {
            throw new IllegalArgumentException(sentence);
        }
    }
}
