package io.legion.admin.picture;

import io.legion.core.NodeId;
import io.legion.operations.NodeReport;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// For how long each node has been as it is. Those that come back need a while until all reach each other
/// again, and nothing is cut meanwhile.
///
/// **Threads.** One at a time.
final class Steadiness {
    /// @param started the start since which it answers; empty if it does not
    private record Since(Optional<Instant> started, Instant at) {}

    private final Map<NodeId, Since> since = new HashMap<>();

    /// For how long the node has given answers since the same start, or none.
    Duration of(NodeId node, Optional<NodeFacts> facts, Instant now) {
        Optional<Instant> started = facts.map(NodeFacts::report).map(NodeReport::started);
        var known = since.get(node);
        if (known == null || !known.started.equals(started) || known.at.isAfter(now)) {
            since.put(node, new Since(started, now));
            return Duration.ZERO;
        }
        return Duration.between(known.at, now);
    }

    /// Forgets all nodes but these.
    void keep(Set<NodeId> members) {
        since.keySet().retainAll(members);
    }
}
