package io.legion.admin.document;

import io.legion.admin.diagnosis.Cause;
import io.legion.admin.diagnosis.Problem;
import io.legion.admin.observation.Observation;
import io.legion.admin.picture.BusyPlace;
import io.legion.admin.picture.ClusterPicture;
import io.legion.admin.picture.Demand;
import io.legion.admin.picture.NodeFacts;
import io.legion.admin.picture.NodeLag;
import io.legion.admin.picture.NodePicture;
import io.legion.admin.picture.ShardState;
import io.legion.core.NodeId;
import io.legion.operations.ByteText;
import io.legion.operations.MemberReport;
import io.legion.operations.NodeReport;
import io.legion.operations.ShardReport.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
        Busiest demand,
        List<VersionsDocument> versions,
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
        /// @param lag null if nobody knows it
        static Node of(NodePicture node, @Nullable NodeLag lag) {
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
                    node.isMember() && lag != null ? Lag.of(lag) : null,
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

    /// The busiest partitions, by samples of the events of the last five to ten seconds.
    ///
    /// @param every one event of so many is sampled
    /// @param busiest none if the samples are too few to tell
    record Busiest(long sampled, int every, List<Busy> busiest) {
        /// @param reason why it is more than it should be; null if it is not
        record Busy(
                String type,
                String key,
                int shard,
                @Nullable String node,
                long sampled,
                int percent,
                @Nullable String reason,
                @Nullable String next) {
            static Busy of(BusyPlace place, Optional<Problem> problem) {
                var own = problem.filter(_ -> place.hot());
                return new Busy(
                        place.type(),
                        ByteText.of(place.key().bytes()),
                        place.shard(),
                        place.server().map(NodeId::toString).orElse(null),
                        place.sampled(),
                        place.percent(),
                        own.map(Problem::what).orElse(null),
                        own.map(Problem::next).orElse(null));
            }
        }

        /// @param problems what is wrong in the same picture: at most one partition gets more than half of all events
        static Busiest of(Demand demand, List<Problem> problems) {
            var hot = problems.stream()
                    .filter(problem -> problem.cause() == Cause.HOT_PARTITION)
                    .findFirst();
            return new Busiest(
                    demand.sampled(),
                    Demand.EVERY,
                    demand.busiest().stream().map(place -> Busy.of(place, hot)).toList());
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
                Busiest.of(picture.demand(), observation.problems()),
                VersionsDocument.all(picture),
                observation.problems().stream().map(ProblemDocument::of).toList());
    }

    private static List<Node> nodes(ClusterPicture picture) {
        var lags = picture.lags();
        boolean everyShardTells =
                picture.shards().stream().allMatch(shard -> shard.leading().isPresent());
        return picture.nodes().stream()
                .map(node -> Node.of(
                        node,
                        everyShardTells || node.facts().isPresent()
                                ? lags.getOrDefault(node.node(), NodeLag.NONE)
                                : lags.get(node.node())))
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
