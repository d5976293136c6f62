package io.legion.admin.picture;

import io.legion.core.NodeId;
import io.legion.operations.PeerReport;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/// What those that could be asked say of one node.
///
/// @param nodes all nodes
/// @param of that node
public record Views(Collection<NodePicture> nodes, NodePicture of) {
    /// Within this time all notice that a node is gone, or is back.
    private static final Duration NOTICED = Duration.ofSeconds(4);

    /// What one of them says.
    public record View(NodePicture by, PeerReport peer) {}

    /// All that the nodes say of it.
    public Stream<View> all() {
        return nodes.stream()
                .filter(NodePicture::isMember)
                .flatMap(by -> by.facts().stream()
                        .flatMap(facts -> facts.peers().stream())
                        .map(peer -> new View(by, peer)))
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
    public boolean isHeard() {
        return of.facts().isPresent() || !hearers().isEmpty();
    }

    /// Those that reach it and have had a word of it of late.
    public List<NodeId> hearers() {
        return all().filter(view -> view.peer.reachable() && !isLong(silent(view)))
                .map(view -> view.by.node())
                .toList();
    }

    /// Those that have not reached it for longer than it takes all to notice each other. Whoever came back a
    /// moment ago is not there for all yet, and does not see all.
    public List<NodeId> blind() {
        return all().filter(view -> !view.peer.reachable() && isLong(silent(view)))
                .filter(view -> isLong(of.steady()) && isLong(view.by.steady()))
                .map(view -> view.by.node())
                .toList();
    }
}
