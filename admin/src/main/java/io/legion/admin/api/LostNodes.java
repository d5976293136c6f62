package io.legion.admin.api;

import io.legion.admin.order.ForceOrder;
import io.legion.admin.picture.ClusterPicture;
import io.legion.admin.picture.NodePicture;
import io.legion.core.NodeId;
import io.legion.http.HttpException;
import io.legion.operations.ShardReport;
import io.legion.operations.ShardReport.Phase;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// The nodes that an order declares lost. What lives is not lost, whatever the order says: what it has
/// accepted would be given up for nothing.
final class LostNodes {
    /// A survivor of a forced change that lives and has not come after this long does not come any more.
    private static final Duration COMING = Duration.ofSeconds(10);

    private LostNodes() {}

    /// @throws HttpException 400 if there is none, 404 if one is no member, 409 if one lives or no other is left
    static Set<NodeId> of(ForceOrder order, ClusterPicture picture) {
        if (order.lost() == null || order.lost().isEmpty()) {
            throw HttpException.badRequest(
                    "the body must name the lost nodes, as {\"lost\":[\"...\"]}; nothing was changed");
        }
        var lost = new TreeSet<NodeId>();
        order.lost().forEach(text -> lost.add(Parameters.node(text, picture).node()));
        if (picture.members().map(NodePicture::node).allMatch(lost::contains)) {
            throw new HttpException(409, "no node would be left; nothing was changed");
        }
        requireLost(lost, picture);
        return lost;
    }

    private static void requireLost(Collection<NodeId> lost, ClusterPicture picture) {
        var living = lost.stream()
                .flatMap(node -> picture.node(node).stream())
                .flatMap(node -> life(node, picture).stream())
                .collect(Collectors.joining(", "));
        if (!living.isEmpty()) {
            throw new HttpException(
                    409,
                    living
                            + ". What lives is not lost: wait, and if it is cut off, mend the network. If it is to go for"
                            + " good, eject it, or stop its process first; nothing was changed");
        }
    }

    /// By what a node is known to live.
    private static Optional<String> life(NodePicture node, ClusterPicture picture) {
        if (wentWithOthers(node.node(), picture)) {
            return Optional.empty();
        }
        var lives = "the node " + node.name() + " lives: ";
        var hearers = picture.views(node).hearers();
        return node.facts().isPresent()
                ? Optional.of(lives + "it answers")
                : node.reachable()
                        ? Optional.of(lives + "the cluster service reaches it")
                        : hearers.isEmpty() ? Optional.empty() : Optional.of(lives + names(hearers) + " hears it");
    }

    private static String names(List<NodeId> nodes) {
        return nodes.stream().map(NodeId::toString).collect(Collectors.joining(" and "));
    }

    /// After two forced changes a node may live and have gone with the other one. It never comes here, and only
    /// one more forced change goes on without it (R43).
    private static boolean wentWithOthers(NodeId node, ClusterPicture picture) {
        return picture.shards().stream()
                .flatMap(shard -> shard.copies().values().stream())
                .filter(copy -> copy.phase() == Phase.PARTICIPATING && copy.era() > 0)
                .flatMap(copy -> copy.participants().stream())
                .filter(participant -> participant.id().node().equals(node))
                .anyMatch(LostNodes::isMissing);
    }

    private static boolean isMissing(ShardReport.Participant participant) {
        return !participant.entered() && participant.silent().compareTo(COMING) > 0;
    }
}
