package io.legion.admin.diagnosis;

import io.legion.admin.picture.ClusterPicture;
import io.legion.admin.picture.NodeFacts;
import io.legion.admin.picture.NodePicture;
import io.legion.operations.ShardReport;
import io.legion.operations.ShardReport.Phase;
import java.util.List;
import java.util.stream.Stream;

/// What is left of changes for a person to look at.
final class LeftoverChecks {
    static final List<Check> CHECKS = List.of(LeftoverChecks::salvage, LeftoverChecks::lost, LeftoverChecks::overruled);

    private LeftoverChecks() {}

    private static NodeFacts facts(NodePicture node) {
        return node.facts().orElseThrow();
    }

    private static Stream<Problem> salvage(ClusterPicture picture) {
        return picture.known().flatMap(node -> {
            var holding = facts(node).shards().stream()
                    .filter(copy -> !copy.salvage().isEmpty())
                    .toList();
            int requests = holding.stream().mapToInt(ShardReport::salvageCount).sum();
            return holding.isEmpty()
                    ? Stream.of()
                    : Stream.of(Problem.of(
                                    Cause.SALVAGE,
                                    "Not yet in history is what " + node.name()
                                            + " accepted before the others removed it, "
                                            + (requests == 1 ? "1 request" : requests + " requests")
                                            + ": it submits them again.",
                                    "Nothing, as long as the number falls. See which they are: ./legion salvage")
                            .at(node.node())
                            .in(holding.stream().map(ShardReport::shard).toList()));
        });
    }

    private static Stream<Problem> lost(ClusterPicture picture) {
        return picture.known()
                .filter(node -> facts(node).report().lostRequests() > 0)
                .map(node -> Problem.of(
                                Cause.LOST_REQUESTS,
                                facts(node).report().lostRequests() + " requests that " + node.name()
                                        + " answered FAST are lost: the others removed the node before any of them had"
                                        + " these, and then they were too old to submit again.",
                                "See which they are, and tell whom they concern: ./legion salvage")
                        .at(node.node()));
    }

    private static Stream<Problem> overruled(ClusterPicture picture) {
        return picture.known().flatMap(node -> {
            var shards = facts(node).shards().stream()
                    .filter(copy -> copy.phase() == Phase.OVERRULED)
                    .map(ShardReport::shard)
                    .toList();
            return shards.isEmpty()
                    ? Stream.of()
                    : Stream.of(Problem.of(
                                    Cause.OVERRULED_COPY,
                                    "A forced change elsewhere has overruled the copies of "
                                            + ProblemText.shards(shards) + " on "
                                            + node.name()
                                            + ": the node keeps them, and takes no part in these shards.",
                                    "See what only they have, deal with it, and drop them: ./legion salvage")
                            .at(node.node())
                            .in(shards));
        });
    }
}
