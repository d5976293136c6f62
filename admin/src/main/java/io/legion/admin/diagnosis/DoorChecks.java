package io.legion.admin.diagnosis;

import io.legion.admin.picture.ClusterPicture;
import io.legion.admin.picture.NodePicture;
import io.legion.operations.Troubles.KeptOut;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/// Processes that nodes keep out.
final class DoorChecks {
    static final List<Check> CHECKS = List.of(DoorChecks::certificates);

    /// A node that is kept out tries again every few seconds.
    private static final Duration LATELY = Duration.ofMinutes(1);

    private DoorChecks() {}

    private static Stream<Problem> certificates(ClusterPicture picture) {
        return picture.known().flatMap(node -> {
            var refused = refused(node);
            return refused.isEmpty() ? Stream.of() : Stream.of(problem(node, refused));
        });
    }

    private static List<KeptOut> refused(NodePicture node) {
        return node.facts().orElseThrow().troubles().keptOut().stream()
                .filter(KeptOut::certificate)
                .filter(peer -> peer.ago().compareTo(LATELY) < 0)
                .toList();
    }

    private static Problem problem(NodePicture node, List<KeptOut> refused) {
        return Problem.of(
                        Cause.CERTIFICATE_REFUSED,
                        "The node " + node.name()
                                + " keeps out a process that shows no certificate that it trusts. If that is a node, it takes"
                                + " no part in the cluster.",
                        "Look at the certificates of both (keyStore and trustStore of cluster.jgroups.tls), and start the"
                                + " wrong one again with the right ones. If it is no node, close the port to it.")
                .at(node.node())
                .shownBy(refused.stream()
                        .limit(5)
                        .map(peer -> peer.why() + " (" + peer.count() + " times)")
                        .toList());
    }
}
