package io.legion.admin.picture;

import io.legion.core.NodeId;
import io.legion.operations.ShardReport.Phase;
import io.legion.operations.VersionsReport;
import io.legion.operations.VersionsReport.Announced;
import io.legion.operations.VersionsReport.OfType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Which versions of a partition type are active, and what the next one waits for.
///
/// @param type its name
/// @param least the lowest version that is active in a shard; 0 if a shard does not have the type yet
/// @param most the highest one
/// @param newest the newest version that a node has announced
/// @param indexing in how many copies of shards the index is computed anew
/// @param lacking the nodes whose release does not run the newest version, and for which it waits
/// @param holding the nodes that hold all versions where they are
/// @param announced what the nodes have announced, in the order of their ids
public record TypeVersions(
        String type,
        int least,
        int most,
        int newest,
        int indexing,
        List<NodeId> lacking,
        List<NodeId> holding,
        List<Announced> announced) {
    /// How far the newest version is.
    public enum State {
        /// It is active in all shards.
        ACTIVE,
        /// It waits for nodes that do not run it.
        LACKING,
        /// All nodes run it, and somebody holds it.
        HELD,
        /// It becomes active, shard by shard.
        RISING
    }

    /// Those of all types, in the order of their names. The node that looks tells what the nodes have announced;
    /// while it does not, any other node tells it. None if it is kept out.
    static List<TypeVersions> all(ClusterPicture picture) {
        if (picture.isKeptOut()) {
            return List.of();
        }
        var teller = picture.node(picture.self())
                .flatMap(NodePicture::facts)
                .or(() -> picture.known().flatMap(node -> node.facts().stream()).findFirst());
        return teller.map(NodeFacts::versions).stream()
                .flatMap(told -> told.types().stream().map(type -> of(picture, told, type)))
                .toList();
    }

    private static TypeVersions of(ClusterPicture picture, VersionsReport told, OfType type) {
        var active = picture.known()
                .flatMap(node -> node.facts().stream())
                .filter(TypeVersions::hasShards)
                .flatMap(facts -> of(facts.versions(), type.type()).stream())
                .toList();
        return new TypeVersions(
                type.type(),
                active.stream().mapToInt(OfType::least).min().orElse(0),
                active.stream().mapToInt(OfType::most).max().orElse(0),
                type.newest(),
                active.stream().mapToInt(OfType::indexing).sum(),
                type.lacking(),
                told.holding(),
                type.announced());
    }

    private static boolean hasShards(NodeFacts facts) {
        return facts.shards().stream().anyMatch(copy -> copy.phase() == Phase.PARTICIPATING);
    }

    private static Optional<OfType> of(VersionsReport told, String type) {
        return told.types().stream().filter(one -> one.type().equals(type)).findFirst();
    }

    /// How far the newest version is.
    public State state() {
        if (least >= newest) {
            return State.ACTIVE;
        }
        if (!lacking.isEmpty()) {
            return State.LACKING;
        }
        return holding.isEmpty() ? State.RISING : State.HELD;
    }

    /// Why the newest version is not active everywhere; empty if it is.
    public String why(ClusterPicture picture) {
        var version = "Version " + newest + " of the partition type '" + type + "'";
        var held = holding.isEmpty()
                ? ""
                : " held by " + names(picture, holding) + " (an operator's order, or the setting release.hold).";
        return switch (state()) {
            case ACTIVE -> "";
            case LACKING ->
                version + " is not active yet: it waits for " + runs(picture) + "."
                        + (held.isEmpty() ? "" : " It is" + held);
            case HELD -> version + " is not active, though all nodes run it: it is" + held;
            case RISING ->
                version + " becomes active, one shard after the other; in some "
                        + (least == 0 ? "the type is not there yet." : "version " + least + " is active still.");
        };
    }

    /// What to do; empty if that is nothing.
    public String next() {
        return switch (state()) {
            case ACTIVE -> "";
            case LACKING ->
                "Start the release that has it on these nodes, one after the other. To go back instead, start the release"
                        + " before on the others.";
            case HELD ->
                "To make it active: ./legion versions raise. To let every new version become active by itself again:"
                        + " ./legion versions release";
            case RISING ->
                "Nothing, if it takes seconds: a shard follows once all its participants are there and quiet."
                        + " Else look at those that wait: ./legion shards";
        };
    }

    private String runs(ClusterPicture picture) {
        return announced.stream()
                .filter(one -> lacking.contains(one.node()))
                .map(one -> name(picture, one.node()) + ", which " + runs(one))
                .collect(Collectors.joining("; "));
    }

    /// What the release of a node runs, as people say it.
    public static String runs(Announced one) {
        if (one.newest() == 0) {
            return "is not known to have the type";
        }
        var words = new ArrayList<String>();
        words.add("runs");
        if (!one.release().isEmpty()) {
            words.add("the release '" + one.release() + "' with");
        }
        words.add(
                one.minimum() == one.newest()
                        ? "version " + one.newest()
                        : "the versions " + one.minimum() + " to " + one.newest());
        return String.join(" ", words);
    }

    private static String names(ClusterPicture picture, Collection<NodeId> nodes) {
        return nodes.stream().map(node -> name(picture, node)).collect(Collectors.joining(", "));
    }

    private static String name(ClusterPicture picture, NodeId node) {
        return picture.node(node).map(NodePicture::name).orElseGet(node::toString);
    }
}
