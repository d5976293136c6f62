package io.legion.simulation;

import io.legion.core.NodeId;
import io.legion.core.ParticipantId;
import java.util.List;

/// The latest epoch of a shard that anybody is in.
record Latest(long epoch, List<ParticipantId> participants) {
    static final Latest NONE = new Latest(-1, List.of());

    boolean has(NodeId node) {
        return participants.stream().anyMatch(p -> p.node().equals(node));
    }
}
