package io.legion.admin;

import io.legion.core.NodeId;
import io.legion.operations.VersionsReport;
import io.legion.operations.VersionsReport.Announced;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// What the nodes of a scripted cluster say of the versions of a partition type, `account`: each runs all versions
/// up to its own.
public final class ScriptedVersions {
    private final ScriptedCluster cluster;
    private final int[] newest;
    private int least = 1;
    private int most = 1;
    private int indexing;
    private List<NodeId> holding = List.of();

    /// @param newest the newest version of each node
    public ScriptedVersions(ScriptedCluster cluster, int... newest) {
        this.cluster = cluster;
        this.newest = newest;
    }

    /// These are active in the shards.
    public ScriptedVersions active(int lowest, int highest) {
        least = lowest;
        most = highest;
        return this;
    }

    /// A node, counted from 1, holds the versions.
    public ScriptedVersions held(int node) {
        holding = List.of(cluster.node(node).id());
        return this;
    }

    /// So many shards of each node compute their index anew.
    public ScriptedVersions indexing(int shards) {
        indexing = shards;
        return this;
    }

    /// All nodes say so.
    public void told() {
        int top = IntStream.of(newest).max().orElseThrow();
        var announced = IntStream.range(0, newest.length)
                .mapToObj(at -> new Announced(cluster.node(at + 1).id(), "v" + newest[at], 1, newest[at]))
                .toList();
        var lacking = announced.stream()
                .filter(one -> one.newest() < top)
                .map(Announced::node)
                .toList();
        var type = new VersionsReport.OfType("account", least, most, indexing, top, lacking, announced);
        cluster.nodes().forEach(node -> node.versions = new VersionsReport(holding, List.of(type), Optional.empty()));
    }
}
