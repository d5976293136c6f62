package io.legion.admin.document;

import io.legion.admin.picture.ClusterPicture;
import io.legion.admin.picture.NodePicture;
import io.legion.core.NodeId;
import io.legion.operations.MemberReport;
import io.legion.operations.PeerReport;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// `/peers/{node}`: the others as that node sees them, in the order of their ids.
///
/// @param next after which node the next page begins; null if nothing follows
public record PeersDocument(
        String node,
        boolean known,
        List<Peer> members,
        @Nullable String next) {
    record Peer(
            String node,
            MemberReport.@Nullable Status status,
            String address,
            boolean reachable,
            @Nullable Long silentMillis) {}

    /// What a node of a picture said, a page of it.
    public static PeersDocument of(ClusterPicture picture, NodePicture node, Optional<NodeId> after, int limit) {
        var rest = node.facts().stream()
                .flatMap(facts -> facts.peers().stream())
                .filter(peer -> after.isEmpty() || peer.node().compareTo(after.get()) > 0)
                .sorted(Comparator.comparing(PeerReport::node))
                .toList();
        var page = rest.stream().limit(limit).map(peer -> peer(picture, peer)).toList();
        return new PeersDocument(
                node.node().toString(),
                node.facts().isPresent(),
                page,
                page.size() < rest.size() ? page.getLast().node() : null);
    }

    private static Peer peer(ClusterPicture picture, PeerReport peer) {
        var member = picture.node(peer.node()).map(NodePicture::member);
        return new Peer(
                peer.node().toString(),
                member.map(MemberReport::status).orElse(null),
                member.map(MemberReport::address).orElse(""),
                peer.reachable(),
                peer.silent().map(Duration::toMillis).orElse(null));
    }
}
