package io.legion.admin.diagnosis;

import io.legion.admin.picture.ClusterPicture;
import io.legion.admin.picture.NodeFacts;
import io.legion.admin.picture.NodePicture;
import io.legion.operations.NodeReport.StoreReport.State;
import io.legion.operations.ShardReport;
import io.legion.operations.ShardReport.Phase;
import io.legion.operations.StoppedShard;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Stores that have no room, take no writes, cannot be read, or are old.
final class StoreChecks {
    static final List<Check> CHECKS =
            List.of(StoreChecks::full, StoreChecks::failed, StoreChecks::damaged, StoreChecks::old);

    private StoreChecks() {}

    private static Stream<NodePicture> withStore(ClusterPicture picture, State state) {
        return picture.known().filter(node -> facts(node).report().store().state() == state);
    }

    private static NodeFacts facts(NodePicture node) {
        return node.facts().orElseThrow();
    }

    private static Stream<Problem> full(ClusterPicture picture) {
        return withStore(picture, State.FULL)
                .map(node -> Problem.of(
                                Cause.STORE_FULL,
                                "The store of " + node.name() + " is full: the node refuses changes, and still answers"
                                        + " reads. Nothing that it acknowledged is lost.",
                                "Make room on its disk; the node goes on by itself within seconds.")
                        .at(node.node())
                        .in(facts(node).stopped().stream()
                                .map(StoppedShard::shard)
                                .toList())
                        .shownBy(List.of(facts(node).report().store().why())));
    }

    private static Stream<Problem> failed(ClusterPicture picture) {
        return withStore(picture, State.FAILED)
                .filter(node -> unreadable(node).isEmpty())
                .map(node -> Problem.of(
                                Cause.STORE_FAILED,
                                "The store of " + node.name() + " takes no more writes: shards have stopped there.",
                                "Look at the disk and at the log of the node, remove the cause, and start the node again.")
                        .at(node.node())
                        .in(facts(node).stopped().stream()
                                .map(StoppedShard::shard)
                                .toList())
                        .shownBy(List.of(facts(node).report().store().why())));
    }

    /// Shards that stopped by themselves, each for a reason of its own: not for one of the store or of the
    /// state.
    private static List<StoppedShard> unreadable(NodePicture node) {
        var diverged = diverged(node);
        return facts(node).stopped().stream()
                .filter(stopped -> !diverged.contains(stopped.shard()))
                .filter(stopped -> StopReason.of(stopped) == StopReason.UNREADABLE)
                .toList();
    }

    private static Set<Integer> diverged(NodePicture node) {
        return facts(node).shards().stream()
                .filter(copy -> copy.phase() == Phase.DIVERGED)
                .map(ShardReport::shard)
                .collect(Collectors.toSet());
    }

    private static Stream<Problem> damaged(ClusterPicture picture) {
        return picture.known().filter(node -> !unreadable(node).isEmpty()).map(node -> damaged(node, unreadable(node)));
    }

    private static Problem damaged(NodePicture node, List<StoppedShard> unreadable) {
        boolean kept = unreadable.stream().anyMatch(StoppedShard::kept);
        return Problem.of(
                        Cause.STORE_DAMAGED,
                        "The store of " + node.name() + " is damaged: "
                                + ProblemText.shards(unreadable.stream()
                                        .map(StoppedShard::shard)
                                        .toList())
                                + " cannot be read there and serve nothing on that node.",
                        kept
                                ? "Look at the disk. The node keeps the copies for study; then drop them: ./legion salvage"
                                : "Look at the disk. If others have the shards, the node copies them anew by itself; if not,"
                                        + " restore the store or start with an empty one.")
                .at(node.node())
                .in(unreadable.stream().map(StoppedShard::shard).toList())
                .shownBy(unreadable.stream()
                        .map(StoppedShard::reason)
                        .distinct()
                        .limit(5)
                        .toList());
    }

    private static Stream<Problem> old(ClusterPicture picture) {
        return picture.known().flatMap(node -> {
            var old = facts(node).shards().stream()
                    .filter(copy -> copy.phase() == Phase.OLD_COPY)
                    .map(ShardReport::shard)
                    .toList();
            return old.isEmpty()
                    ? Stream.of()
                    : Stream.of(Problem.of(
                                    Cause.OLD_COPY,
                                    "The store of " + node.name()
                                            + " is an old copy: it lacks what its node has told others, so the node serves"
                                            + " nothing of it.",
                                    "Start the node again; it joins as a new one and copies everything from the others.")
                            .at(node.node())
                            .in(old));
        });
    }
}
