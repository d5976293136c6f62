package io.legion;

import io.legion.spi.Durability;
import io.legion.core.shard.ReplicaSettings;
import io.legion.service.ByteSize;
import io.legion.service.Default;
import java.time.Duration;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What can be set of a Legion. From a program by [#named], from a file by [io.legion.service.Configuration].
///
/// @param clusterName the cluster's name: the same on all its nodes, one line of text
/// @param startup what to do at the start
/// @param shards the number of shards, from 1 to 65,536: fixed when a cluster is founded, the same on all its
///     nodes
/// @param durability how far an event is stored before it is sent or answered
/// @param requestTimeout how long a caller waits for an answer
/// @param mailbox how many requests may wait before further ones are refused
/// @param cache the bytes of the cache of states, counted as encoded
/// @param maxEvent the largest event, encoded
/// @param tick how often the node looks at the time
/// @param closeTimeout how long closing waits for the requests under way
/// @param joinTimeout how long a node that has to join looks for its cluster before it gives up
/// @param incompleteStore what to do with a store that may have lost writes which others count on
/// @param placement where the shards are
/// @param replica the settings of the replication; null for the defaults. The three about what is remembered are
///     fixed when a cluster is founded, the same on all its nodes
public record LegionSettings(
        String clusterName,
        StartupMode startup,
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
        @Nullable ReplicaSettings replica) {

    /// The most shards that a cluster can have.
    public static final int MAX_SHARDS = 65_536;

    /// What is longer could not be counted in nanoseconds, the sum with a clock's included.
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

    /// The defaults for a cluster of this name, to be changed: recovers what the store holds, and founds a
    /// cluster if that is nothing.
    public static LegionSettingsBuilder named(String clusterName) {
        return new LegionSettingsBuilder(clusterName);
    }

    ReplicaSettings replicaSettings() {
        return replica == null ? ReplicaSettings.defaults() : replica;
    }

    /// What can not be changed after the cluster was founded, apart from the shards: what is remembered of requests is
    /// a part of each shard's state (R52), so a node with other numbers would go its own way.
    SortedMap<String, String> fixed() {
        var remembered = replicaSettings();
        return new TreeMap<>(Map.of(
                "rememberedOutputs", Integer.toString(remembered.rememberedOutputs()),
                "rememberedClients", Integer.toString(remembered.rememberedClients()),
                "rememberedMillis", Long.toString(remembered.rememberedMillis())));
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
