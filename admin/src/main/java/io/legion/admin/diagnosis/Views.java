package io.legion.admin.diagnosis;

import io.legion.admin.picture.ClusterPicture;
import io.legion.admin.picture.NodePicture;
import io.legion.core.NodeId;
import io.legion.operations.PeerReport;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/// What those that could be asked say of one node.
///
/// @param of that node
record Views(ClusterPicture picture, NodePicture of) {
    /// Within this time all notice that a node is gone, or is back.
    private static final Duration NOTICED = Duration.ofSeconds(4);

    /// What one of them says.
    private record View(NodePicture by, PeerReport peer) {}

    private Stream<View> all() {
        return picture.known()
                .flatMap(by -> by.facts().orElseThrow().peers().stream().map(peer -> new View(by, peer)))
                .filter(view -> view.peer.node().equals(of.node()));
    }

    /// For how long nobody has come from it there. One that never did is silent since it is known.
    private Duration silent(View view) {
        return view.peer.silent().orElse(of.steady());
    }

    private static boolean isLong(Duration time) {
        return time.compareTo(NOTICED) > 0;
    }

    /// True if it has answered, or somebody who reaches it has had a word of it of late. The cluster service
    /// still calls a process reachable that stands still, for some seconds.
    boolean isHeard() {
        return of.facts().isPresent() || all().anyMatch(view -> view.peer.reachable() && !isLong(silent(view)));
    }

    /// Those that have not reached it for longer than it takes all to notice each other. Whoever came back a
    /// moment ago is not there for all yet, and does not see all.
    List<NodeId> blind() {
        return all().filter(view -> !view.peer.reachable() && isLong(silent(view)))
                .filter(view -> isLong(of.steady()) && isLong(view.by.steady()))
                .map(view -> view.by.node())
                .toList();
    }

    /// What each of them says, as sentences.
    ///
    /// @param name what to call the node
    Stream<String> evidence(String name) {
        return all().map(view -> view.by.name()
                + (view.peer.reachable() ? " reaches " : " does not reach ")
                + name
                + view.peer
                        .silent()
                        .map(silent -> ", and last heard of it " + ProblemText.time(silent) + " ago.")
                        .orElse(", and never heard of it."));
    }
}
