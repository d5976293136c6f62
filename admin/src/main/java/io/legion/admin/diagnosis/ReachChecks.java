package io.legion.admin.diagnosis;

import io.legion.admin.picture.ClusterPicture;
import io.legion.admin.picture.NodePicture;
import io.legion.admin.picture.ShardState;
import io.legion.core.NodeId;
import io.legion.core.PartitionType;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Nodes that nobody hears of, or that do not say how they are, and what is lost with them.
final class ReachChecks {
    static final List<Check> CHECKS =
            List.of(ReachChecks::unreachable, ReachChecks::withoutAnswer, ReachChecks::withoutMajority);

    private ReachChecks() {}

    /// Nodes of which nobody who could be asked has had a word of late.
    private static Stream<Problem> unreachable(ClusterPicture picture) {
        return picture.members()
                .filter(node -> !node.self() && !picture.views(node).isHeard())
                .filter(node -> !VersionChecks.isOutdated(picture, node))
                .map(node -> unreachable(picture, node));
    }

    private static Problem unreachable(ClusterPicture picture, NodePicture node) {
        boolean alone = picture.known().count() == 1;
        var cutOff = alone && picture.members().count() > 2
                ? " This node reaches none of the others: it may be the one that is cut off. Ask the admin service of"
                        + " another node."
                : "";
        var what = switch (node.trace()) {
            case REFUSED ->
                " is out of reach. Nothing answers at its port: its process is gone, or a firewall refuses.";
            case LISTENS ->
                " does not answer, though its process is there: it stands still (paused, swapping, or in a long pause of"
                        + " its garbage collector), or the network does not let its frames through.";
            case SILENT ->
                " is out of reach: there is no word from its address, so its machine or the network is down.";
            case NONE ->
                node.reachable() ? " gives no sign of life: nobody has heard of it of late." : " is out of reach.";
        };
        var next = switch (node.trace()) {
            case REFUSED -> "Start it again; if its process is there, look at the firewall. ";
            case LISTENS ->
                "Look at its process and its log; end the process if it does not go on, and start it again. ";
            case SILENT -> "Look at its machine and the network. ";
            case NONE -> "Look at its process and its log. ";
        };
        return Problem.of(
                        Cause.NODE_UNREACHABLE,
                        "The node " + node.name() + what + cutOff,
                        next + forItsRelease(picture) + "If it never comes back: ./legion eject " + node.node())
                .at(node.node())
                .in(ProblemText.shardsOf(picture, node.node()))
                .shownBy(evidence(picture, node));
    }

    /// Who was away while a version became active may have left for that, before the others heard what it runs.
    private static String forItsRelease(ClusterPicture picture) {
        return picture.versions().stream().anyMatch(type -> type.most() > PartitionType.FIRST_VERSION)
                ? "If its log says that it is kept out for its release, start one there that runs the active versions. "
                : "";
    }

    private static List<String> evidence(ClusterPicture picture, NodePicture node) {
        var address = node.member().address();
        var trace = switch (node.trace()) {
            case REFUSED -> Stream.of("Its host refuses a connection to " + address + ".");
            case LISTENS -> Stream.of("Something accepts a connection to " + address + ".");
            case SILENT -> Stream.of("A connection to " + address + " gets no answer.");
            case NONE -> Stream.<String>of();
        };
        return Stream.concat(trace, ProblemText.views(picture, node, "it")).toList();
    }

    /// Nodes that take part in the cluster: who could not ask them knows nothing worse of them.
    private static Stream<Problem> withoutAnswer(ClusterPicture picture) {
        return picture.members()
                .filter(node -> node.facts().isEmpty())
                .filter(node ->
                        node.self() || (node.reachable() && picture.views(node).isHeard()))
                .map(node -> Problem.of(
                                Cause.NODE_NOT_ANSWERING,
                                "The node " + node.name() + " takes part in the cluster, and does not say how it is: it"
                                        + " has more to do than it can, makes a long pause, or is of another release.",
                                "Wait some seconds: a pause ends, and of a node that stands still this says so. If this lasts,"
                                        + " look at its processors, its garbage collector and its log. Do not eject it: it"
                                        + " lives.")
                        .at(node.node())
                        .in(ProblemText.shardsOf(picture, node.node()))
                        .shownBy(Stream.concat(Stream.of(node.why()), ProblemText.views(picture, node, "it"))
                                .toList()));
    }

    private static Stream<Problem> withoutMajority(ClusterPicture picture) {
        var shards = picture.shardsThatAre(ShardState.NO_MAJORITY);
        if (shards.isEmpty()) {
            return Stream.of();
        }
        var lost = picture.shards().stream()
                .filter(shard -> shard.state() == ShardState.NO_MAJORITY)
                .flatMap(shard -> shard.unreachable().stream())
                .collect(Collectors.toCollection(TreeSet::new));
        return Stream.of(Problem.of(
                        Cause.MAJORITY_LOST,
                        ProblemText.shards(shards, "has", "have")
                                + " no majority of participants: FAST answers only, without "
                                + ProblemText.names(picture, lost) + ".",
                        withoutMajority(picture, lost))
                .at(lost)
                .in(shards));
    }

    /// Nobody is lost whom somebody hears: a majority that is cut in two comes back with the network.
    private static String withoutMajority(ClusterPicture picture, Collection<NodeId> lost) {
        var living = lost.stream().filter(picture::isHeard).toList();
        return living.isEmpty()
                ? "Start those nodes again, which costs nothing. Only if they never come back, see what it costs: ./legion"
                        + " force --dry-run "
                        + lost.stream().map(NodeId::toString).collect(Collectors.joining(" "))
                : "Look at the network, the firewall and the certificates between the nodes: it is cut, and others still"
                        + " hear " + ProblemText.names(picture, living)
                        + ". The shards go on once they reach each other. Declare no node lost: what lives is not.";
    }
}
