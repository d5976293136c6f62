package io.legion.admin.diagnosis;

import io.legion.admin.picture.ClusterPicture;
import io.legion.admin.picture.NodePicture;
import io.legion.admin.picture.ShardPicture;
import io.legion.admin.picture.ShardState;
import io.legion.core.NodeId;
import io.legion.operations.PeerReport;
import io.legion.operations.ShardReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Nodes that cannot be reached, by whom, and what is lost with them.
final class ReachChecks {
    static final List<Check> CHECKS =
            List.of(ReachChecks::unreachable, ReachChecks::cuts, ReachChecks::withoutMajority);

    private static final Duration NOTICED = Duration.ofSeconds(4);

    private ReachChecks() {}

    /// What a node that could be asked says of another one.
    private record View(NodePicture by, PeerReport of) {}

    private static List<View> views(ClusterPicture picture, NodeId of) {
        return picture.known()
                .flatMap(node -> node.facts().orElseThrow().peers().stream().map(peer -> new View(node, peer)))
                .filter(view -> view.of.node().equals(of))
                .toList();
    }

    /// A node that nobody reaches, or that can be reached and does not answer.
    private static Stream<Problem> unreachable(ClusterPicture picture) {
        return picture.members()
                .filter(node -> !node.self() && node.facts().isEmpty())
                .filter(node -> node.reachable() || seeing(picture, node).isEmpty())
                .map(node -> unreachable(picture, node));
    }

    private static List<NodeId> seeing(ClusterPicture picture, NodePicture node) {
        return views(picture, node.node()).stream()
                .filter(view -> view.of.reachable())
                .map(view -> view.by.node())
                .toList();
    }

    /// Those that have not reached it for longer than it takes all to notice that it is gone.
    private static List<NodeId> blind(ClusterPicture picture, NodePicture node) {
        return views(picture, node.node()).stream()
                .filter(view -> !view.of.reachable())
                .filter(view -> view.of.silent().orElse(Duration.ZERO).compareTo(NOTICED) > 0)
                .map(view -> view.by.node())
                .toList();
    }

    private static Problem unreachable(ClusterPicture picture, NodePicture node) {
        boolean alone = picture.known().count() == 1;
        var cutOff = alone && picture.members().count() > 2
                ? " This node reaches none of the others: it may be the one that is cut off. Ask the admin service of"
                        + " another node."
                : "";
        var what = switch (node.trace()) {
            case REFUSED -> " is gone: nothing listens at its address.";
            case LISTENS ->
                " does not answer, though its process is there: it stands still (paused, swapping, or in a long pause of"
                        + " its garbage collector), or the network lets its frames not through.";
            case SILENT ->
                " cannot be reached: there is no word from its address, so its machine or the network is down.";
            case NONE ->
                node.reachable() ? " can be reached, and gave no answer: " + node.why() : " cannot be reached.";
        };
        var next = switch (node.trace()) {
            case REFUSED -> "Start it again. ";
            case LISTENS ->
                "Look at its process and its log; end the process if it does not go on, and start it again. ";
            case SILENT -> "Look at its machine and the network. ";
            case NONE -> "Look at its process and its log. ";
        };
        return Problem.of(
                        Cause.NODE_UNREACHABLE,
                        "The node " + node.name() + what + cutOff,
                        next + "If it never comes back: ./legion eject " + node.node())
                .at(node.node())
                .in(shardsOf(picture, node.node()))
                .shownBy(evidence(picture, node));
    }

    private static List<String> evidence(ClusterPicture picture, NodePicture node) {
        var signs = new ArrayList<String>();
        for (var view : views(picture, node.node())) {
            signs.add(view.by.name()
                    + (view.of.reachable() ? " reaches it" : " does not reach it")
                    + view.of
                            .silent()
                            .map(silent -> ", and last heard of it " + ProblemText.time(silent) + " ago.")
                            .orElse(", and never heard of it."));
        }
        switch (node.trace()) {
            case REFUSED -> signs.add("A connection to " + node.member().address() + " is refused.");
            case LISTENS -> signs.add("A connection to " + node.member().address() + " is accepted.");
            case SILENT -> signs.add("A connection to " + node.member().address() + " gets no answer.");
            case NONE -> {}
        }
        return signs;
    }

    private static List<Integer> shardsOf(ClusterPicture picture, NodeId node) {
        return picture.shards().stream()
                .filter(shard -> takesPart(shard, node))
                .map(ShardPicture::shard)
                .toList();
    }

    private static boolean takesPart(ShardPicture shard, NodeId node) {
        return shard.leading().stream()
                .flatMap(copy -> copy.participants().stream())
                .map(ShardReport.Participant::id)
                .anyMatch(id -> id.node().equals(node));
    }

    /// A node that some reach and others do not, though these live.
    private static Stream<Problem> cuts(ClusterPicture picture) {
        return picture.members().flatMap(node -> {
            var blind = blind(picture, node);
            var seeing = seeing(picture, node);
            boolean isThere = node.facts().isPresent() || (!node.reachable() && !seeing.isEmpty());
            return blind.isEmpty() || !isThere ? Stream.of() : Stream.of(cut(picture, node, blind, seeing));
        });
    }

    private static Problem cut(ClusterPicture picture, NodePicture node, List<NodeId> blind, List<NodeId> seeing) {
        var all = new TreeSet<>(blind);
        all.add(node.node());
        var others = seeing.isEmpty() ? "it answers itself" : ProblemText.names(picture, seeing) + " can";
        return Problem.of(
                        Cause.CUT_OFF_ONE_SIDED,
                        ProblemText.names(picture, blind) + " cannot reach " + node.name() + ", though " + others
                                + ": the network between them is cut.",
                        "Look at the network, the firewall and the certificates between these nodes. Eject none of them:"
                                + " they live.")
                .at(all)
                .in(shardsOf(picture, node.node()))
                .shownBy(evidence(picture, node));
    }

    private static Stream<Problem> withoutMajority(ClusterPicture picture) {
        var shards = picture.shardsThatAre(ShardState.NO_MAJORITY);
        if (shards.isEmpty()) {
            return Stream.of();
        }
        var lost = picture.shards().stream()
                .filter(shard -> shard.state() == ShardState.NO_MAJORITY)
                .flatMap(shard -> shard.leading().stream())
                .flatMap(copy -> copy.participants().stream())
                .map(participant -> participant.id().node())
                .filter(node -> picture.node(node)
                        .map(member -> !member.self() && !member.reachable())
                        .orElse(true))
                .collect(Collectors.toCollection(TreeSet::new));
        return Stream.of(Problem.of(
                        Cause.MAJORITY_LOST,
                        ProblemText.shards(shards)
                                + " have no majority of their participants: they answer FAST only, without "
                                + ProblemText.names(picture, lost) + ".",
                        "Start those nodes again, which costs nothing. Only if they never come back, see what it costs: ./legion"
                                + " force --dry-run "
                                + lost.stream().map(NodeId::toString).collect(Collectors.joining(" ")))
                .at(lost)
                .in(shards));
    }
}
