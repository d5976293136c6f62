package io.legion.spi;

import io.legion.core.NodeId;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The identity of a store: the cluster, the node, and what was fixed when the cluster was founded.
///
/// @param cluster drawn at random when the cluster is founded
/// @param clusterName for people
/// @param node drawn at random for each life of the store (R1)
/// @param format the version of the runtime's keys and values; a store has a version of its own for its files
/// @param shards the number of shards of the cluster, at least 1
/// @param settings other settings, in the order of their names; names and values are one line of text each
public record StoreIdentity(
        UUID cluster, String clusterName, NodeId node, int format, int shards, SortedMap<String, String> settings) {

    private static final String SETTING = "setting.";

    /// @throws IllegalArgumentException if a number is below 1, or a text is more than one line
    public StoreIdentity {
        requireLine(clusterName);
        if (shards < 1 || format < 1) {
            throw new IllegalArgumentException("an identity with " + shards + " shards and format " + format);
        }
        settings = Collections.unmodifiableSortedMap(new TreeMap<>(settings));
        settings.forEach((name, value) -> {
            requireLine(value);
            requireLine(name);
            if (name.contains("=")) {
                throw new IllegalArgumentException("the name of a setting has no '=': " + name);
            }
        });
    }

    /// The same store in its next life.
    public StoreIdentity withNode(NodeId next) {
        return new StoreIdentity(cluster, clusterName, next, format, shards, settings);
    }

    /// Checks a change of identity, for every store.
    ///
    /// @throws IllegalArgumentException if `next` is of another cluster, or has another cluster name or number
    ///     of shards
    public static void requireSameCluster(@Nullable StoreIdentity present, StoreIdentity next) {
        if (present == null) {
            return;
        }
        boolean same = present.cluster.equals(next.cluster)
                && present.clusterName.equals(next.clusterName)
                && present.shards == next.shards;
        if (!same) {
            throw new IllegalArgumentException("The store belongs to " + present.title() + ", so it cannot be given to "
                    + next.title() + ". Nothing was changed.");
        }
    }

    private String title() {
        return "the cluster '" + clusterName + "' (" + cluster + ", " + shards + " shards)";
    }

    /// One `name=value` per line, for stores to keep.
    public String toText() {
        var text = new StringBuilder()
                .append("cluster=")
                .append(cluster)
                .append('\n')
                .append("cluster-name=")
                .append(clusterName)
                .append('\n')
                .append("node=")
                .append(node)
                .append('\n')
                .append("format=")
                .append(format)
                .append('\n')
                .append("shards=")
                .append(shards)
                .append('\n');
        settings.forEach((name, value) ->
                text.append(SETTING).append(name).append('=').append(value).append('\n'));
        return text.toString();
    }

    /// The identity that [#toText()] wrote; lines with other names are skipped.
    ///
    /// @throws IllegalArgumentException if the text is no identity
    public static StoreIdentity parse(String text) {
        var values = new TreeMap<String, String>();
        var settings = new TreeMap<String, String>();
        text.lines().forEach(line -> {
            int equals = line.indexOf('=');
            if (line.startsWith(SETTING) && equals > 0) {
                settings.put(line.substring(SETTING.length(), equals), line.substring(equals + 1));
            } else if (equals > 0) {
                values.put(line.substring(0, equals), line.substring(equals + 1));
            }
        });
        return new StoreIdentity(
                UUID.fromString(need(values, "cluster")),
                need(values, "cluster-name"),
                NodeId.parse(need(values, "node")),
                Integer.parseInt(need(values, "format")),
                Integer.parseInt(need(values, "shards")),
                settings);
    }

    private static String need(SortedMap<String, String> values, String name) {
        var value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("an identity without '" + name + "'");
        }
        return value;
    }

    private static void requireLine(String text) {
        if (text.lines().count() > 1 || text.endsWith("\n") || text.endsWith("\r")) {
            throw new IllegalArgumentException("more than one line of text: " + text);
        }
    }
}
