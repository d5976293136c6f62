package io.legion.simulation.checkers;

import io.legion.core.primitive.Epoch;
import io.legion.core.shard.ReplicaStatus;
import io.legion.simulation.history.Histories;
import io.legion.simulation.world.Machine;
import io.legion.simulation.world.World;
import java.util.HashMap;
import java.util.Map;

/// I11: replicas of one era at the same position of history have the same hash over history and states.
final class EqualHistoryEqualState implements Checker.OfLooks {
    private record Place(int shard, long era, long position) {}

    private record Seen(Machine machine, long hash) {}

    private final World world;
    private final Divergence divergence;
    private final Map<Place, Seen> hashes = new HashMap<>();

    EqualHistoryEqualState(World world, Histories histories) {
        this.world = world;
        this.divergence = new Divergence(world, histories);
    }

    @Override
    public void looked(Machine machine, int shard, ReplicaStatus status) {
        if (status.phase() != ReplicaStatus.Phase.PARTICIPATING) {
            return;
        }
        Seen before = hashes.putIfAbsent(
                new Place(shard, Epoch.era(status.epoch()), status.folded()), new Seen(machine, status.historyHash()));
        if (before != null && before.hash != status.historyHash()) {
            world.broken(
                    "EqualHistoryEqualState",
                    machine.name + " differs from " + before.machine.name + " after " + status.folded()
                            + " folds of shard " + shard + divergence.between(machine, before.machine, shard));
        }
    }
}
