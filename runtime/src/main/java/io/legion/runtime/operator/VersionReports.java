package io.legion.runtime.operator;

import io.legion.core.NodeId;
import io.legion.core.PartitionType;
import io.legion.core.placement.Member;
import io.legion.core.placement.Raising;
import io.legion.core.shard.PartitionTypes;
import io.legion.core.shard.ReplicaStatus;
import io.legion.operations.VersionsReport;
import io.legion.runtime.host.NodeView;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// What a node knows of the versions of the partition types.
final class VersionReports {
    private final NodeView node;
    private final List<ReplicaStatus> replicas;
    private final Raising raising;

    /// @param shards the number of shards of the cluster
    VersionReports(NodeView node, int shards) {
        this.node = node;
        this.replicas = IntStream.range(0, shards)
                .mapToObj(node::status)
                .flatMap(Optional::stream)
                .filter(status -> status.phase() == ReplicaStatus.Phase.PARTICIPATING)
                .toList();
        this.raising = node.raising();
    }

    VersionsReport report(PartitionTypes types) {
        return new VersionsReport(
                raising.holding(),
                types.all().stream()
                        .map(this::ofType)
                        .sorted(Comparator.comparing(VersionsReport.OfType::type))
                        .toList(),
                node.unfit());
    }

    private VersionsReport.OfType ofType(PartitionType<?> type) {
        var active = replicas.stream()
                .mapToInt(replica -> replica.versions().getOrDefault(type.id(), 0))
                .summaryStatistics();
        var announced = node.members().all().stream()
                .filter(member -> member.status() != Member.Status.GONE)
                .map(member -> announced(member, type.id()))
                .toList();
        int newest = announced.stream()
                .mapToInt(VersionsReport.Announced::newest)
                .max()
                .orElse(0);
        List<NodeId> lacking = raising.lacking(type.id(), newest);
        int indexing = (int) replicas.stream()
                .filter(replica -> replica.indexing().contains(type.id()))
                .count();
        return new VersionsReport.OfType(
                type.name(),
                replicas.isEmpty() ? 0 : active.getMin(),
                replicas.isEmpty() ? 0 : active.getMax(),
                indexing,
                newest,
                lacking,
                announced);
    }

    private static VersionsReport.Announced announced(Member member, int type) {
        var its = member.release().type(type);
        return new VersionsReport.Announced(member.node(), member.release().name(), its.minimum(), its.newest());
    }
}
