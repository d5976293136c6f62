package io.legion.admin.diagnosis;

import io.legion.admin.picture.ClusterPicture;
import io.legion.admin.picture.NodePicture;
import io.legion.admin.picture.TypeVersions;
import io.legion.core.NodeId;
import io.legion.operations.VersionsReport.Announced;
import io.legion.operations.VersionsReport.Unfit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// New versions of partition types, and releases of the service that do not run those that are active.
final class VersionChecks {
    static final List<Check> CHECKS =
            List.of(VersionChecks::waiting, VersionChecks::indexing, VersionChecks::outdated, VersionChecks::keptOut);

    /// How many types a sentence names.
    private static final int MOST_NAMED = 3;

    private VersionChecks() {}

    private static Stream<Problem> waiting(ClusterPicture picture) {
        var waiting = picture.versions().stream()
                .filter(type -> type.state() != TypeVersions.State.ACTIVE)
                .toList();
        return waiting.isEmpty() ? Stream.of() : Stream.of(waiting(picture, waiting));
    }

    private static Problem waiting(ClusterPicture picture, List<TypeVersions> types) {
        var what =
                types.stream().limit(MOST_NAMED).map(type -> type.why(picture)).collect(Collectors.joining(" "));
        int more = types.size() - MOST_NAMED;
        var nodes = types.stream()
                .flatMap(type -> Stream.concat(type.lacking().stream(), type.holding().stream()))
                .distinct()
                .toList();
        return Problem.of(
                        Cause.VERSION_WAITS,
                        more > 0 ? what + " So it is with " + more + " more types." : what,
                        types.getFirst().next())
                .at(nodes)
                .shownBy(types.stream()
                        .flatMap(type -> type.announced().stream()
                                .map(one -> ProblemText.name(picture, one.node()) + " " + TypeVersions.runs(one)
                                        + " of '" + type.type() + "'."))
                        .toList());
    }

    private static Stream<Problem> indexing(ClusterPicture picture) {
        var types =
                picture.versions().stream().filter(type -> type.indexing() > 0).toList();
        return types.isEmpty()
                ? Stream.of()
                : Stream.of(Problem.of(
                        Cause.INDEXING,
                        "The index is computed anew, since another version has become active: "
                                + types.stream()
                                        .limit(MOST_NAMED)
                                        .map(type -> "of '" + type.type() + "' in " + type.indexing()
                                                + (type.indexing() == 1 ? " copy" : " copies"))
                                        .collect(Collectors.joining(", "))
                                + " of shards. Searches of these types wait for it; requests go on.",
                        "Nothing: it ends by itself."));
    }

    /// Nodes that say of themselves that their release cannot take part.
    private static Stream<Problem> keptOut(ClusterPicture picture) {
        return picture.known()
                .flatMap(node -> node.facts().flatMap(facts -> facts.versions().unfit()).stream()
                        .map(unfit -> keptOut(node, unfit)));
    }

    private static Problem keptOut(NodePicture node, Unfit unfit) {
        return Problem.of(
                        Cause.RELEASE_UNFIT,
                        "The node " + node.name() + " is kept out for its release: " + unfit.needed()
                                + " is active, and its release does not run"
                                + " that. It serves nothing; its copies are well, and are left as they are.",
                        "Start a release there that runs " + unfit.needed()
                                + ". Drop nothing: that release goes on with what is there.")
                .at(node.node())
                .in(StoreChecks.awaitingRelease(node))
                .shownBy(List.of(unfit.why()));
    }

    /// True if the release of a node that does not answer cannot take part any more, as far as it has announced it.
    static boolean isOutdated(ClusterPicture picture, NodePicture node) {
        return node.facts().isEmpty() && outdated(picture, node).isPresent();
    }

    /// Nodes that do not answer, and that announced a release which cannot take part any more.
    private static Stream<Problem> outdated(ClusterPicture picture) {
        return picture.members()
                .filter(node -> node.facts().isEmpty())
                .flatMap(node -> outdated(picture, node).stream());
    }

    private static Optional<Problem> outdated(ClusterPicture picture, NodePicture node) {
        return picture.versions().stream()
                .filter(type -> type.most() > 0)
                .flatMap(type -> announced(type, node.node())
                        .filter(one -> one.newest() > 0 && !runs(one, type.most()))
                        .map(one -> problem(picture, type, node, one))
                        .stream())
                .findFirst();
    }

    private static Optional<Announced> announced(TypeVersions type, NodeId node) {
        return type.announced().stream().filter(one -> one.node().equals(node)).findFirst();
    }

    private static boolean runs(Announced one, int version) {
        return one.minimum() <= version && version <= one.newest();
    }

    private static Problem problem(ClusterPicture picture, TypeVersions type, NodePicture node, Announced one) {
        var shards = ProblemText.shardsOf(picture, node.node());
        return Problem.of(
                        Cause.RELEASE_UNFIT,
                        "The node " + node.name() + " is away, and said last that it " + TypeVersions.runs(one)
                                + " of the partition type '" + type.type() + "'. Version " + type.most()
                                + " is active: with this release it is kept out of the cluster.",
                        "Start a release there that runs version " + type.most() + " of the partition type '"
                                + type.type()
                                + "'. An active version never becomes an older one again. "
                                + (shards.isEmpty()
                                        ? "The node has no shard of the cluster: eject it if it is not to come back."
                                        : "Do not eject the node: with that release it goes on with what it has."))
                .at(node.node())
                .in(shards)
                .shownBy(ProblemText.views(picture, node, "it").toList());
    }
}
