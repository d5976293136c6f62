package io.legion.simulation.checkers;

import io.legion.core.ParticipantId;
import io.legion.core.shard.ReplicaStatus;
import io.legion.simulation.world.Machine;
import io.legion.simulation.world.World;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// I6: one set of participants per epoch.
final class OneDecision implements Checker.OfLooks {
    private record Place(int shard, long epoch) {}

    private final World world;
    private final Map<Place, List<ParticipantId>> decided = new HashMap<>();

    OneDecision(World world) {
        this.world = world;
    }

    @Override
    public void looked(Machine machine, int shard, ReplicaStatus status) {
        // A replica that copies, or finds that its copy is of an earlier time, is in no epoch yet.
        if (status.phase() == ReplicaStatus.Phase.COPYING
                || status.participants().isEmpty()) {
            return;
        }
        List<ParticipantId> before = decided.putIfAbsent(new Place(shard, status.epoch()), status.participants());
        if (before != null && !before.equals(status.participants())) {
            world.broken(
                    "OneDecision",
                    machine.name + " has the participants " + status.participants() + " in epoch " + status.epoch()
                            + " of shard " + shard + ", another one had " + before);
        }
    }
}
