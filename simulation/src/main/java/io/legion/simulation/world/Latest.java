package io.legion.simulation.world;

import io.legion.core.NodeId;
import io.legion.core.ParticipantId;
import io.legion.core.shard.ReplicaStatus;
import java.util.List;

/// The latest epoch of a shard that any replica is in.
public record Latest(long epoch, List<ParticipantId> participants) {
    static final Latest NONE = new Latest(-1, List.of());

    /// True if a machine takes part in this epoch of the shard.
    public boolean isEnteredBy(Machine machine, int shard) {
        return machine.status(shard)
                .filter(s -> s.phase() == ReplicaStatus.Phase.PARTICIPATING && s.epoch() == epoch)
                .isPresent();
    }

    public boolean has(NodeId node) {
        return participants.stream().anyMatch(p -> p.node().equals(node));
    }
}
