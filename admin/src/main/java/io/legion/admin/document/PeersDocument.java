package io.legion.admin.document;

import io.legion.admin.picture.ClusterPicture;
import io.legion.admin.picture.NodePicture;
import io.legion.operations.MemberReport;
import io.legion.operations.PeerReport;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `/peers/{node}`: the others as that node sees them.
public record PeersDocument(String node, boolean known, List<Peer> members) {
    record Peer(
            String node,
            MemberReport.@Nullable Status status,
            String address,
            boolean reachable,
            @Nullable Long silentMillis) {}

    /// What a node of a picture said.
    public static PeersDocument of(ClusterPicture picture, NodePicture node) {
        var peers = node.facts().stream()
                .flatMap(facts -> facts.peers().stream())
                .map(peer -> peer(picture, peer))
                .toList();
        return new PeersDocument(node.node().toString(), node.facts().isPresent(), peers);
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
