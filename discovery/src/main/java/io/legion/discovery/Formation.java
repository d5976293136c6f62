package io.legion.discovery;

import io.legion.Legion;
import io.legion.LegionSettings;
import io.legion.core.NodeId;
import io.legion.operations.ShardReport;
import io.legion.spi.Cluster;
import java.io.PrintStream;
import java.util.HashSet;
import java.util.Set;

/// Prints the state of the cluster, as one node sees it: a line at each change.
///
/// **Threads.** One.
final class Formation {
    private final LegionSettings settings;
    private final Legion legion;
    private final Cluster cluster;
    private final PrintStream out;
    private String told = "";

    Formation(LegionSettings settings, Legion legion, Cluster cluster, PrintStream out) {
        this.settings = settings;
        this.legion = legion;
        this.cluster = cluster;
        this.out = out;
    }

    /// The line for a node whose every shard has as many live copies as it can have.
    static String complete(int nodes, int replicas) {
        return title(nodes) + "every shard here has all its copies (" + Math.min(nodes, replicas) + ").";
    }

    private static String incomplete(int nodes) {
        return title(nodes) + "some shards here do not have all their copies yet.";
    }

    private static String title(int nodes) {
        return "The cluster has " + nodes + (nodes == 1 ? " node" : " nodes") + " that can be reached; ";
    }

    /// Looks, and prints a line if there is news.
    void look() {
        Set<NodeId> reachable = new HashSet<>(cluster.members());
        reachable.add(legion.node());
        int replicas = settings.placement().replicas();
        var now = isComplete(reachable, replicas) ? complete(reachable.size(), replicas) : incomplete(reachable.size());
        if (!now.equals(told)) {
            told = now;
            out.println(now);
        }
    }

    private boolean isComplete(Set<NodeId> reachable, int replicas) {
        int copies = Math.min(reachable.size(), replicas);
        var shards = legion.operations().shards();
        if (!shards.stream().allMatch(shard -> hasCopies(shard, reachable, copies))) {
            return false;
        }
        // A node that has just come has nothing yet. Where all nodes should have every shard, it must have all.
        return shards.size() == settings.shards() || (reachable.size() > replicas && !shards.isEmpty());
    }

    private static boolean hasCopies(ShardReport shard, Set<NodeId> reachable, int copies) {
        long live = shard.participants().stream()
                .filter(participant -> reachable.contains(participant.id().node()))
                .count();
        return shard.phase() == ShardReport.Phase.PARTICIPATING && live >= copies;
    }
}
