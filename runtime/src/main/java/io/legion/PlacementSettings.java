package io.legion;

import io.legion.service.Configuration;
import io.legion.service.Default;
import java.time.Duration;

/// Where the shards of a cluster are. The first four must be the same on all nodes: a node that differs is
/// kept out.
///
/// @param replicas how many nodes have a copy of each shard, if there are as many
/// @param replaceAfter how long a node may be out of reach before others take over its shards; 0s for never:
///     then only an operator can declare it gone
/// @param replaceStoppedAfter how long after a node has said that a shard has stopped on it the others go on
///     without that copy; 0s for at once
/// @param copiesAtOnce how many shards one node copies to others at the same time
/// @param route which copy serves a request
/// @param weight this node's share of the shards, compared with others
/// @param zone the name of what fails together with this node (a rack, a data centre); empty if unknown. The
///     copies of a shard are in different zones, as far as there are enough
public record PlacementSettings(
        @Default("3") int replicas,
        @Default("30s") Duration replaceAfter,
        @Default("5s") Duration replaceStoppedAfter,
        @Default("4") int copiesAtOnce,
        @Default("preferred") RequestRoute route,
        @Default("1.0") double weight,
        @Default("") String zone) {

    /// @throws IllegalArgumentException if a value is out of its range; the message names it
    public PlacementSettings {
        require(replicas >= 1 && replicas <= 9, "replicas must be from 1 to 9, not " + replicas);
        require(!replaceAfter.isNegative(), "replaceAfter must not be negative, but is " + replaceAfter);
        require(
                !replaceStoppedAfter.isNegative(),
                "replaceStoppedAfter must not be negative, but is " + replaceStoppedAfter);
        require(copiesAtOnce >= 1, "copiesAtOnce must be at least 1, not " + copiesAtOnce);
        require(weight > 0 && weight <= 1_000, "weight must be above 0 and at most 1000, not " + weight);
    }

    /// The defaults: three copies, replaced after 30 s, requests to the preferred one.
    public static PlacementSettings defaults() {
        return Configuration.defaults(PlacementSettings.class);
    }

    /// These settings with another [#replicas()].
    public PlacementSettings withReplicas(int value) {
        return Configuration.with(this, "replicas", value);
    }

    /// These settings with another [#replaceAfter()].
    public PlacementSettings withReplaceAfter(Duration value) {
        return Configuration.with(this, "replaceAfter", value);
    }

    /// These settings with another [#replaceStoppedAfter()].
    public PlacementSettings withReplaceStoppedAfter(Duration value) {
        return Configuration.with(this, "replaceStoppedAfter", value);
    }

    /// These settings with another [#copiesAtOnce()].
    public PlacementSettings withCopiesAtOnce(int value) {
        return Configuration.with(this, "copiesAtOnce", value);
    }

    /// These settings with another [#route()].
    public PlacementSettings withRoute(RequestRoute value) {
        return Configuration.with(this, "route", value);
    }

    /// These settings with another [#weight()].
    public PlacementSettings withWeight(double value) {
        return Configuration.with(this, "weight", value);
    }

    /// These settings with another [#zone()].
    public PlacementSettings withZone(String value) {
        return Configuration.with(this, "zone", value);
    }

    private static void require(boolean condition, String sentence) {
        if (!condition) {
            throw new IllegalArgumentException(sentence);
        }
    }
}
