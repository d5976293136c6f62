package io.legion.simulation.checkers;

import io.legion.core.primitive.Epoch;
import io.legion.core.shard.ReplicaStatus;
import io.legion.simulation.world.Machine;
import io.legion.simulation.world.World;
import java.util.HashMap;
import java.util.Map;

/// I11: replicas of one era at the same position of history have the same hash over history and states.
final class EqualHistoryEqualState implements Checker.OfLooks {
    private record Place(int shard, long era, long position) {}

    private final World world;
    private final Map<Place, Long> hashes = new HashMap<>();

    EqualHistoryEqualState(World world) {
        this.world = world;
    }

    @Override
    public void looked(Machine machine, int shard, ReplicaStatus status) {
        if (status.phase() != ReplicaStatus.Phase.PARTICIPATING) {
            return;
        }
        Long before =
                hashes.putIfAbsent(new Place(shard, Epoch.era(status.epoch()), status.folded()), status.historyHash());
        if (before != null && before != status.historyHash()) {
            world.broken(
                    "EqualHistoryEqualState",
                    machine.name + " differs from another replica after " + status.folded() + " folds of shard "
                            + shard);
        }
    }
}
