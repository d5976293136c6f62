package io.legion.admin.diagnosis;

import io.legion.admin.picture.ClusterPicture;
import io.legion.admin.picture.NodeFacts;
import io.legion.admin.picture.NodePicture;
import io.legion.operations.NodeReport.StoreReport.State;
import io.legion.operations.ShardReport;
import io.legion.operations.ShardReport.Phase;
import io.legion.operations.StoppedShard;
import io.legion.operations.StoppedShard.Kind;
import java.util.List;
import java.util.stream.Stream;

/// Stores that have no room, take no writes, cannot be read, or are old, and copies that have stopped.
final class StoreChecks {
    static final List<Check> CHECKS = List.of(
            StoreChecks::full, StoreChecks::failed, StoreChecks::damaged, StoreChecks::stopped, StoreChecks::old);

    private static final int MOST_REASONS = 5;

    private StoreChecks() {}

    private static NodeFacts facts(NodePicture node) {
        return node.facts().orElseThrow();
    }

    private static State store(NodePicture node) {
        return facts(node).report().store().state();
    }

    /// What a copy stopped for. A store that takes no changes explains whatever has stopped there, but for a
    /// state that differs, or waits for another release: one cause, not several for the same shards.
    private static Kind reason(NodePicture node, StoppedShard stopped) {
        if (stopped.kind() == Kind.DIVERGED || stopped.kind() == Kind.RELEASE) {
            return stopped.kind();
        }
        return switch (store(node)) {
            case OK -> stopped.kind();
            case FULL -> Kind.STORE_FULL;
            case FAILED -> Kind.STORE_FAILED;
            case DAMAGED -> Kind.UNREADABLE;
        };
    }

    private static List<StoppedShard> stopped(NodePicture node, Kind kind) {
        return facts(node).stopped().stream()
                .filter(stopped -> reason(node, stopped) == kind)
                .toList();
    }

    private static List<Integer> shards(List<StoppedShard> stopped) {
        return stopped.stream().map(StoppedShard::shard).toList();
    }

    /// What the store says, and the copies that say something else.
    private static List<String> evidence(NodePicture node, Kind kind) {
        var store = Stream.of(facts(node).report().store().why()).filter(why -> !why.isEmpty());
        var copies = stopped(node, kind).stream()
                .filter(stopped -> store(node) == State.OK || stopped.kind() != kind)
                .map(StoppedShard::reason);
        return Stream.concat(store, copies).distinct().limit(MOST_REASONS).toList();
    }

    private static Problem problem(NodePicture node, Kind kind, Cause cause, String what, String next) {
        return Problem.of(cause, what, next)
                .at(node.node())
                .in(shards(stopped(node, kind)))
                .shownBy(evidence(node, kind));
    }

    private static Stream<Problem> full(ClusterPicture picture) {
        return picture.known()
                .filter(node -> store(node) == State.FULL
                        || !stopped(node, Kind.STORE_FULL).isEmpty())
                .map(node -> problem(
                        node,
                        Kind.STORE_FULL,
                        Cause.STORE_FULL,
                        "The store of " + node.name() + " is full: the node refuses changes, and still answers reads."
                                + " Nothing that it acknowledged is lost.",
                        "Make room on its disk; the node goes on by itself within seconds."));
    }

    private static Stream<Problem> failed(ClusterPicture picture) {
        return picture.known()
                .filter(node -> store(node) == State.FAILED
                        || !stopped(node, Kind.STORE_FAILED).isEmpty())
                .map(node -> problem(
                        node,
                        Kind.STORE_FAILED,
                        Cause.STORE_FAILED,
                        "The store of " + node.name() + " takes no more writes: shards stop there once they write.",
                        "Look at the disk and at the log of the node, remove the cause, and start the node again."));
    }

    private static Stream<Problem> damaged(ClusterPicture picture) {
        return Stream.concat(
                picture.known().filter(node -> store(node) == State.DAMAGED).map(StoreChecks::damaged),
                Stream.concat(
                        whereStopped(picture, Kind.UNREADABLE)
                                .filter(node -> store(node) != State.DAMAGED)
                                .map(StoreChecks::unreadable),
                        picture.known()
                                .filter(node -> isWarned(node)
                                        && stopped(node, Kind.UNREADABLE).isEmpty())
                                .map(StoreChecks::found)));
    }

    private static boolean isWarned(NodePicture node) {
        return store(node) == State.OK && !facts(node).report().store().why().isEmpty();
    }

    /// No shard has met it yet, or all that did were copied anew.
    private static Problem found(NodePicture node) {
        return problem(
                node,
                Kind.UNREADABLE,
                Cause.STORE_DAMAGED,
                "The store of " + node.name() + " found that it cannot read all that it holds. It takes writes, and no"
                        + " shard waits for what is damaged.",
                "Look at the disk. Then set replaceDamaged, and start the node again while the others are well: it joins as"
                        + " a new one, and copies everything from them.");
    }

    /// The copies of other files are whole, and yet the engine goes on with none.
    private static Problem damaged(NodePicture node) {
        return problem(
                node,
                Kind.UNREADABLE,
                Cause.STORE_DAMAGED,
                "The store of " + node.name()
                        + " is damaged and takes no more writes: shards stop there once they write.",
                "Look at the disk. Stop the node, set replaceDamaged or move its store away, and start it: with an empty one"
                        + " it joins as a new node and copies everything from the others. Then eject the old one, if it is"
                        + " still there: ./legion eject " + node.node());
    }

    private static Problem unreadable(NodePicture node) {
        return problem(
                node,
                Kind.UNREADABLE,
                Cause.STORE_DAMAGED,
                "The store of " + node.name() + " is damaged: "
                        + ProblemText.shards(shards(stopped(node, Kind.UNREADABLE)))
                        + " cannot be read there and serve nothing on that node.",
                isKept(node, Kind.UNREADABLE)
                        ? "Look at the disk. The node keeps the copies for study; then drop them: ./legion salvage"
                        : "Look at the disk. If others have the shards, the node copies them anew by itself; if not,"
                                + " restore the store or start with an empty one.");
    }

    private static Stream<Problem> stopped(ClusterPicture picture) {
        return whereStopped(picture, Kind.OTHER)
                .map(node -> problem(
                        node,
                        Kind.OTHER,
                        Cause.COPY_STOPPED,
                        "Copies have stopped on " + node.name() + ": they serve nothing of "
                                + ProblemText.shards(shards(stopped(node, Kind.OTHER)))
                                + " there. The store can be read, and the others go on without these copies, if they are"
                                + " a majority.",
                        isKept(node, Kind.OTHER)
                                ? "Read the reason, here and in the log of the node. It keeps the copies for study; then drop"
                                        + " them: ./legion salvage"
                                : "Read the reason, here and in the log of the node: it may run another program than the"
                                        + " others. If others have the shards, the node copies them anew by itself; if not,"
                                        + " mend the cause and start it again."));
    }

    /// The shards whose copies on a node wait for another release of the service.
    static List<Integer> awaitingRelease(NodePicture node) {
        return shards(stopped(node, Kind.RELEASE));
    }

    private static Stream<NodePicture> whereStopped(ClusterPicture picture, Kind kind) {
        return picture.known().filter(node -> !stopped(node, kind).isEmpty());
    }

    private static boolean isKept(NodePicture node, Kind kind) {
        return stopped(node, kind).stream().anyMatch(StoppedShard::kept);
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
