package io.legion.admin.document;

import io.legion.admin.observation.Observation;
import io.legion.admin.picture.ClusterPicture;
import io.legion.admin.picture.NodeFacts;
import io.legion.admin.picture.NodeLag;
import io.legion.admin.picture.NodePicture;
import io.legion.admin.picture.ShardState;
import io.legion.operations.MemberReport;
import io.legion.operations.NodeReport;
import io.legion.operations.ShardReport.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// `/cluster`.
///
/// @param map a letter for each shard ([ShardState#letter]), of the same picture as the counts
public record ClusterDocument(
        Identity cluster,
        String self,
        Instant at,
        List<Node> nodes,
        Map<ShardState, Long> shards,
        String map,
        Copies copies,
        DemandDocument demand,
        List<ProblemDocument> problems) {

    record Identity(String name, String id, int shards, int replicas) {}

    /// The copies of all shards on the nodes that are known.
    ///
    /// @param complete those that take part in their shard
    /// @param underWay those that are being made
    record Copies(long complete, long underWay) {}

    record Node(
            String node,
            String address,
            String zone,
            double weight,
            MemberReport.Status status,
            boolean self,
            boolean reachable,
            boolean known,
            @Nullable String whyNotKnown,
            @Nullable Lag lag,
            @Nullable Report report) {
        static Node of(NodePicture node, NodeLag lag) {
            var member = node.member();
            return new Node(
                    member.node().toString(),
                    member.address(),
                    member.zone(),
                    member.weight(),
                    member.status(),
                    node.self(),
                    node.reachable(),
                    node.facts().isPresent(),
                    node.facts().isPresent() ? null : node.why(),
                    node.isMember() ? Lag.of(lag) : null,
                    node.facts().map(Report::of).orElse(null));
        }
    }

    /// How far its copies are behind ([NodeLag]).
    record Lag(
            int shards,
            long events,
            long millis,
            @Nullable String reason,
            @Nullable String next) {
        static Lag of(NodeLag lag) {
            return new Lag(
                    lag.shards(),
                    lag.events(),
                    lag.oldest().toMillis(),
                    lag.why().isEmpty() ? null : lag.why(),
                    lag.next().isEmpty() ? null : lag.next());
        }
    }

    record Report(
            String release,
            String java,
            Instant started,
            @Nullable Long clockOffsetMillis,
            int serving,
            int hosted,
            long outstanding,
            int waiting,
            boolean rebalancingPaused,
            NodeReport.StoreReport.State storeState,
            @Nullable String storeWhy,
            long heapUsed,
            long heapMax,
            int lostRequests,
            List<String> types) {
        static Report of(NodeFacts facts) {
            var report = facts.report();
            return new Report(
                    report.release(),
                    report.java(),
                    report.started(),
                    report.clockOffset().map(Duration::toMillis).orElse(null),
                    report.serving(),
                    report.hosted(),
                    report.outstanding(),
                    report.waiting(),
                    report.rebalancingPaused(),
                    report.store().state(),
                    report.store().why().isEmpty() ? null : report.store().why(),
                    report.heapUsed(),
                    report.heapMax(),
                    report.lostRequests(),
                    report.types().stream().map(NodeReport.TypeReport::name).toList());
        }
    }

    /// What was observed.
    public static ClusterDocument of(Observation observation) {
        var picture = observation.picture();
        var identity = picture.identity();
        return new ClusterDocument(
                new Identity(
                        identity.clusterName(), identity.cluster().toString(), identity.shards(), replicas(picture)),
                picture.self().toString(),
                picture.at(),
                nodes(picture),
                picture.counts(),
                picture.shards().stream()
                        .map(shard -> String.valueOf(shard.state().letter()))
                        .collect(Collectors.joining()),
                copies(picture),
                DemandDocument.of(picture.demand(), observation.problems()),
                observation.problems().stream().map(ProblemDocument::of).toList());
    }

    private static List<Node> nodes(ClusterPicture picture) {
        var lags = picture.lags();
        return picture.nodes().stream()
                .map(node -> Node.of(node, lags.getOrDefault(node.node(), NodeLag.NONE)))
                .toList();
    }

    private static int replicas(ClusterPicture picture) {
        return picture.known()
                .map(node -> node.facts().orElseThrow().report().replicas())
                .findFirst()
                .orElse(0);
    }

    private static Copies copies(ClusterPicture picture) {
        return new Copies(count(picture, Phase.PARTICIPATING), count(picture, Phase.COPYING));
    }

    private static long count(ClusterPicture picture, Phase phase) {
        return picture.known()
                .flatMap(node -> node.facts().orElseThrow().shards().stream())
                .filter(copy -> copy.phase() == phase)
                .count();
    }
}
