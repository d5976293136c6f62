package io.legion;

import io.legion.service.ByteSize;
import io.legion.service.Configuration;
import io.legion.service.Default;
import io.legion.spi.Durability;
import java.time.Duration;
import java.util.Map;

/// The settings of a Legion: a service's configuration holds them as a component, and
/// [io.legion.service.Configuration] reads them from its file. A program that makes them itself uses [LegionBuilder].
///
/// @param clusterName the cluster's name: the same on all its nodes, one line of text
/// @param startup what the node does at its start: by default it recovers what its store holds; if that is nothing,
///     it joins the cluster that it can reach
/// @param shards the number of shards, from 1 to 65,536: fixed when a cluster is founded, the same on all its
///     nodes
/// @param durability how safely an event is stored before the node sends it or answers
/// @param requestTimeout how long a caller waits for an answer
/// @param mailbox how many requests may wait before the node refuses further ones
/// @param cache the size of the cache of states, which counts states as encoded
/// @param maxEvent the largest size of an encoded event
/// @param tick how often the node looks at the time
/// @param closeTimeout how long closing waits for the requests under way
/// @param joinTimeout how long a node that has to join looks for its cluster before it gives up
/// @param incompleteStore what to do with a store that may have lost writes which others count on
/// @param placement where the shards are
/// @param replication how replicas work together
/// @param release the release of the service that this node runs
public record LegionSettings(
        String clusterName,
        @Default("automatic") StartupMode startup,
        @Default("64") int shards,
        @Default("handed-over") Durability durability,
        @Default("10s") Duration requestTimeout,
        @Default("10000") int mailbox,
        @Default("64 MiB") ByteSize cache,
        @Default("1 MiB") ByteSize maxEvent,
        @Default("50ms") Duration tick,
        @Default("10s") Duration closeTimeout,
        @Default("60s") Duration joinTimeout,
        @Default("rejoin") IncompleteStore incompleteStore,
        PlacementSettings placement,
        ReplicationSettings replication,
        ReleaseSettings release) {

    /// The most shards that a cluster can have.
    public static final int MAX_SHARDS = 65_536;

    /// The nanoseconds of a longer duration, added to a clock's, could overflow.
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private static final int MOST_NAME_CHARS = 1_000;

    /// @throws IllegalArgumentException if a value is out of its range; the message names it
    public LegionSettings {
        require(!clusterName.isBlank() && clusterName.lines().count() == 1, "clusterName must be one line of text");
        require(
                clusterName.length() <= MOST_NAME_CHARS,
                "clusterName must have at most " + MOST_NAME_CHARS + " characters");
        require(shards >= 1 && shards <= MAX_SHARDS, "shards must be from 1 to " + MAX_SHARDS + ", not " + shards);
        require(mailbox >= 1, "mailbox must be at least 1, not " + mailbox);
        require(maxEvent.bytes() >= 1 && maxEvent.bytes() <= 64 << 20, "maxEvent must be from 1 B to 64 MiB");
        requirePositive(requestTimeout, "requestTimeout");
        requirePositive(tick, "tick");
        requirePositive(closeTimeout, "closeTimeout");
        requirePositive(joinTimeout, "joinTimeout");
    }

    /// The defaults, for a cluster of this name.
    ///
    /// @throws IllegalArgumentException if the name is not one line of text, or too long
    public static LegionSettings named(String clusterName) {
        return Configuration.defaults(LegionSettings.class, Map.of("clusterName", clusterName));
    }

    private static void requirePositive(Duration duration, String name) {
        require(duration.isPositive(), name + " must be longer than 0, not " + duration);
        require(
                duration.compareTo(LONGEST) <= 0,
                name + " must be at most " + LONGEST.toDays() + " days, not " + duration);
    }

    private static void require(boolean condition, String sentence) {
        if (!condition) {
            throw new IllegalArgumentException(sentence);
        }
    }
}
