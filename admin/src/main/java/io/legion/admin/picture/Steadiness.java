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
    private record Since(Optional<Instant> started, long nanos) {}

    private final Map<NodeId, Since> since = new HashMap<>();

    /// For how long the node has given answers since the same start, or none.
    ///
    /// @param nanos now, by a time that goes on evenly, however the clock is set
    Duration of(NodeId node, Optional<NodeFacts> facts, long nanos) {
        Optional<Instant> started = facts.map(NodeFacts::report).map(NodeReport::started);
        var known = since.get(node);
        if (known == null || !known.started.equals(started)) {
            since.put(node, new Since(started, nanos));
            return Duration.ZERO;
        }
        return Duration.ofNanos(nanos - known.nanos);
    }

    /// Forgets all nodes but these.
    void keep(Set<NodeId> members) {
        since.keySet().retainAll(members);
    }
}
