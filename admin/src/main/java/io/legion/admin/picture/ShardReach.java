package io.legion.admin.picture;

import io.legion.core.NodeId;
import io.legion.operations.PeerReport;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Who reaches whom, as all say that could be asked. A shard depends on whether its participants reach each
/// other: what the node that looks can reach says nothing of a shard in which it takes no part.
public final class ShardReach {
    /// What each that could be asked reaches, itself among it.
    private final Map<NodeId, Set<NodeId>> seen = new TreeMap<>();

    /// By what all nodes say.
    public ShardReach(List<NodePicture> all) {
        for (var node : all) {
            if (node.self()) {
                seen.put(node.node(), nodes(all));
            } else {
                node.facts().ifPresent(facts -> {
                    var reached = nodes(facts);
                    reached.add(node.node());
                    seen.put(node.node(), reached);
                });
            }
        }
    }

    private static Set<NodeId> nodes(List<NodePicture> all) {
        return all.stream()
                .filter(node -> node.self() || node.reachable())
                .map(NodePicture::node)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<NodeId> nodes(NodeFacts facts) {
        return facts.peers().stream()
                .filter(PeerReport::reachable)
                .map(PeerReport::node)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /// Those participants of a shard that the one reaches that reaches the most of them; of several such ones,
    /// the first. If none of them could be asked, what another node reaches.
    public List<NodeId> together(List<NodeId> participants) {
        var asked = participants.stream().filter(seen::containsKey).toList();
        List<NodeId> most = List.of();
        for (var viewer : asked.isEmpty() ? seen.keySet() : asked) {
            var reached = reached(viewer, participants);
            most = reached.size() > most.size() ? reached : most;
        }
        return most;
    }

    private List<NodeId> reached(NodeId viewer, Collection<NodeId> participants) {
        var reached = new ArrayList<>(participants);
        reached.retainAll(seen.getOrDefault(viewer, Set.of()));
        return reached;
    }
}
