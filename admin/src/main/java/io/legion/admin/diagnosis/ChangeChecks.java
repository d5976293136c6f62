package io.legion.admin.diagnosis;

import io.legion.admin.picture.ClusterPicture;
import io.legion.admin.picture.NodeFacts;
import io.legion.admin.picture.NodePicture;
import io.legion.admin.picture.ShardPicture;
import io.legion.admin.picture.ShardState;
import io.legion.core.NodeId;
import io.legion.operations.MemberReport.Status;
import io.legion.operations.ShardReport;
import io.legion.operations.ShardReport.Phase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What is under way: nodes that come and go, copies, releases.
final class ChangeChecks {
    static final List<Check> CHECKS = List.of(
            ChangeChecks::starting,
            ChangeChecks::leaving,
            ChangeChecks::copying,
            ChangeChecks::paused,
            ChangeChecks::releases,
            ChangeChecks::folding);

    private static final Duration YOUNG = Duration.ofSeconds(60);

    /// Nodes of a cluster that starts come within less than this.
    private static final Duration TOGETHER = Duration.ofSeconds(30);

    private ChangeChecks() {}

    private static NodeFacts facts(NodePicture node) {
        return node.facts().orElseThrow();
    }

    /// A node that has just come, while others have been there for longer.
    private static Stream<Problem> starting(ClusterPicture picture) {
        var oldest = picture.known().map(ChangeChecks::uptime).max(Duration::compareTo);
        return picture.known()
                .filter(node -> node.member().status() == Status.JOINING || isYoung(uptime(node), oldest.orElseThrow()))
                .map(node -> Problem.of(
                                Cause.NODE_STARTING,
                                "The node " + node.name()
                                        + (node.member().status() == Status.JOINING
                                                ? " is joining the cluster."
                                                : " has started a moment ago, and catches up."),
                                "Nothing. In a rolling restart, go on with the next node when this one is ready and no shard"
                                        + " waits.")
                        .at(node.node()));
    }

    /// By the node's own even time: the clocks of two machines need not agree.
    private static Duration uptime(NodePicture node) {
        return facts(node).report().uptime();
    }

    private static boolean isYoung(Duration uptime, Duration oldest) {
        return uptime.compareTo(YOUNG) < 0 && oldest.minus(uptime).compareTo(TOGETHER) >= 0;
    }

    private static Stream<Problem> leaving(ClusterPicture picture) {
        return picture.known()
                .filter(node -> node.member().status() == Status.LEAVING)
                .map(node -> Problem.of(
                                Cause.NODE_LEAVING,
                                "The node " + node.name()
                                        + " hands its shards over and leaves the cluster: it still has "
                                        + facts(node).report().hosted() + ".",
                                "Nothing. Stop it when it has none left; its identity is not used again.")
                        .at(node.node()));
    }

    private static Stream<Problem> copying(ClusterPicture picture) {
        var joiners = new TreeMap<NodeId, List<Integer>>();
        picture.known().forEach(node -> {
            var shards = facts(node).shards().stream()
                    .filter(copy -> copy.phase() == Phase.COPYING)
                    .map(ShardReport::shard)
                    .toList();
            if (!shards.isEmpty()) {
                joiners.put(node.node(), shards);
            }
        });
        var shards = joiners.values().stream().flatMap(List::stream).distinct().toList();
        return shards.isEmpty()
                ? Stream.of()
                : Stream.of(Problem.of(
                                Cause.COPYING,
                                ProblemText.shards(shards, "is", "are") + " copied to "
                                        + ProblemText.names(picture, joiners.keySet()) + "; requests go on meanwhile.",
                                "Nothing: copies end by themselves, placement.copiesAtOnce at a time.")
                        .at(joiners.keySet())
                        .in(shards));
    }

    private static Stream<Problem> paused(ClusterPicture picture) {
        var nodes = picture.known()
                .filter(node -> facts(node).report().rebalancingPaused())
                .map(NodePicture::node)
                .toList();
        return nodes.isEmpty()
                ? Stream.of()
                : Stream.of(Problem.of(
                                Cause.REBALANCING_PAUSED,
                                "An operator has paused rebalancing on " + ProblemText.names(picture, nodes)
                                        + ": shards stay where they are, and nothing makes a lost copy anew.",
                                "Resume it when you are done: ./legion rebalancing resume")
                        .at(nodes));
    }

    private static Stream<Problem> releases(ClusterPicture picture) {
        Map<String, List<NodeId>> byRelease = picture.known()
                .collect(Collectors.groupingBy(
                        node -> facts(node).report().release(),
                        TreeMap::new,
                        Collectors.mapping(NodePicture::node, Collectors.toList())));
        return byRelease.size() < 2
                ? Stream.of()
                : Stream.of(Problem.of(
                                Cause.VERSIONS_DIFFER,
                                "The nodes run different releases of Legion: " + String.join(", ", byRelease.keySet())
                                        + ".",
                                "Nothing while you upgrade one node after the other. Else give all the same release.")
                        .at(picture.known().map(NodePicture::node).toList())
                        .shownBy(byRelease.entrySet().stream()
                                .map(entry -> entry.getKey() + " on " + ProblemText.names(picture, entry.getValue()))
                                .toList()));
    }

    /// What waits though everybody answers. [Diagnosis] leaves it out where another problem explains it.
    private static Stream<Problem> folding(ClusterPicture picture) {
        boolean explained = picture.members().anyMatch(node -> node.facts().isEmpty());
        var waiting = picture.shards().stream()
                .filter(shard -> shard.state() == ShardState.WAITING)
                .filter(shard -> shard.leading().flatMap(ShardReport::foldWaits).isPresent())
                .toList();
        return explained || waiting.isEmpty()
                ? Stream.of()
                : Stream.of(Problem.of(
                                Cause.FOLDING_WAITS,
                                "Events of "
                                        + ProblemText.shards(waiting.stream()
                                                .map(ShardPicture::shard)
                                                .toList())
                                        + " do not get their final place, though all nodes answer: FINAL answers wait.",
                                "Look at what they wait for, shard by shard: ./legion shards --state waiting")
                        .in(waiting.stream().map(ShardPicture::shard).toList())
                        .shownBy(waiting.stream()
                                .map(ShardPicture::reason)
                                .distinct()
                                .limit(5)
                                .toList()));
    }
}
