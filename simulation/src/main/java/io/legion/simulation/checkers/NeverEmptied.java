package io.legion.simulation.checkers;

import io.legion.core.ParticipantId;
import io.legion.core.shard.ReplicaStatus;
import io.legion.simulation.world.Machine;
import io.legion.simulation.world.World;
import java.util.HashMap;
import java.util.Map;

/// I10: what a participant has folded it keeps for good, over restarts too: nothing goes back or begins again
/// from nothing. (A fold that is not stored yet is outstanding again, and folds again.)
final class NeverEmptied implements Checker.OfLooks {
    private record Place(ParticipantId participant, int shard) {}

    private final World world;
    private final Map<Place, ReplicaStatus> before = new HashMap<>();

    NeverEmptied(World world) {
        this.world = world;
    }

    /// A disk that was put back is older, as it must be; the other checkers watch that it does no harm.
    @Override
    public void restored(Machine machine) {
        before.keySet().removeIf(place -> place.participant.node().equals(machine.node()));
    }

    @Override
    public void looked(Machine machine, int shard, ReplicaStatus status) {
        if (status.phase() != ReplicaStatus.Phase.PARTICIPATING) {
            return;
        }
        ReplicaStatus last = before.put(new Place(status.self(), shard), status);
        if (last != null && (held(status) < last.folded() || status.epoch() < last.epoch())) {
            world.broken(
                    "NeverEmptied",
                    machine.name + " was at epoch " + last.epoch() + " and " + last.folded() + " folds of shard "
                            + shard + ", and is now at epoch " + status.epoch() + " and holds " + held(status));
        }
    }

    private static long held(ReplicaStatus status) {
        return status.folded() + status.outstanding();
    }
}
