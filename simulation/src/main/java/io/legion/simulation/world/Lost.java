package io.legion.simulation.world;

import io.legion.core.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/// What was lost with disks: answers that a checker must not ask for if no other node ever had them.
public final class Lost {
    /// A disk that was put back to an earlier time.
    private record Span(NodeId node, long fromMicros, long toMicros) {}

    private final TreeSet<NodeId> nodes = new TreeSet<>();
    private final List<Span> spans = new ArrayList<>();

    /// The disk of a node is gone.
    void everythingOf(NodeId node) {
        nodes.add(node);
    }

    /// Nothing of it is lost: the node handed over all it had.
    public void nothingOf(NodeId node) {
        nodes.remove(node);
    }

    /// The disk of a node was put back to an earlier time.
    public void since(NodeId node, long fromMicros, long toMicros) {
        spans.add(new Span(node, fromMicros, toMicros));
    }

    /// True if an answer's event may have been on a lost disk only.
    public boolean may(Inquiry.Answered answer) {
        NodeId origin = answer.event().origin().node();
        return nodes.contains(origin)
                || spans.stream()
                        .anyMatch(span -> span.node.equals(origin)
                                && span.fromMicros <= answer.micros()
                                && answer.micros() <= span.toMicros);
    }
}
