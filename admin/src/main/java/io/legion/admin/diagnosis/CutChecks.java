package io.legion.admin.diagnosis;

import io.legion.admin.picture.ClusterPicture;
import io.legion.admin.picture.NodePicture;
import io.legion.core.NodeId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Nodes that live and do not reach each other.
final class CutChecks {
    static final List<Check> CHECKS = List.of(CutChecks::cuts);

    private static final int MOST_NAMED = 5;

    private CutChecks() {}

    /// One problem for all nodes that cuts connect: each node is in one of them at most.
    private static Stream<Problem> cuts(ClusterPicture picture) {
        Map<NodeId, List<NodeId>> blind = new TreeMap<>();
        picture.members().filter(node -> lives(picture, node)).forEach(node -> {
            var others = picture.views(node).blind();
            if (!others.isEmpty()) {
                blind.put(node.node(), others);
            }
        });
        return groups(blind).stream().map(group -> problem(picture, group, blind));
    }

    /// It answers; or others hear of it whom this node reaches.
    private static boolean lives(ClusterPicture picture, NodePicture node) {
        return node.facts().isPresent()
                || (!node.reachable() && picture.views(node).isHeard());
    }

    private static List<Set<NodeId>> groups(Map<NodeId, List<NodeId>> blind) {
        var groups = new ArrayList<Set<NodeId>>();
        blind.forEach((unseen, others) -> {
            var group = new TreeSet<>(others);
            group.add(unseen);
            var joined = groups.stream()
                    .filter(known -> !Collections.disjoint(known, group))
                    .toList();
            groups.removeAll(joined);
            joined.forEach(group::addAll);
            groups.add(group);
        });
        return groups;
    }

    private static Problem problem(ClusterPicture picture, Collection<NodeId> group, Map<NodeId, List<NodeId>> blind) {
        var unseen = group.stream().filter(blind::containsKey).toList();
        var cuts = blind.entrySet().stream()
                .filter(cut -> group.contains(cut.getKey()))
                .limit(MOST_NAMED)
                .map(cut -> ProblemText.names(picture, cut.getValue()) + " cannot reach "
                        + ProblemText.name(picture, cut.getKey()))
                .collect(Collectors.joining(", and "));
        return Problem.of(
                        Cause.CUT_OFF_ONE_SIDED,
                        cuts + ", though all of them live: the network between them lets nothing through.",
                        "Look at the network, the firewall and the certificates between these nodes. Eject none of them:"
                                + " they live.")
                .at(group)
                .in(unseen.stream()
                        .flatMap(node -> ProblemText.shardsOf(picture, node).stream())
                        .distinct()
                        .toList())
                .shownBy(unseen.stream()
                        .flatMap(node -> picture.node(node).stream())
                        .flatMap(node -> ProblemText.views(picture, node, node.name()))
                        .toList());
    }
}
