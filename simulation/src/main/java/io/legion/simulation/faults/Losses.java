package io.legion.simulation.faults;

import io.legion.core.ParticipantId;
import io.legion.core.shard.ReplicaStatus;
import io.legion.simulation.world.Latest;
import io.legion.simulation.world.Machine;
import io.legion.simulation.world.World;

/// Which disks may be lost without losing more than Legion promises to bear.
final class Losses {
    private final World world;

    Losses(World world) {
        this.world = world;
    }

    /// True if a machine may lose its disk: the latest epoch of every shard is settled, and every participant
    /// of it is there. This counts for shards that the machine does not have, too: it may be about to be added.
    boolean may(Machine machine) {
        for (int shard = 0; shard < world.scene.nodes().shards(); shard++) {
            if (!may(machine, shard)) {
                return false;
            }
        }
        return true;
    }

    boolean may(Machine machine, int shard) {
        Latest latest = world.latestSeen(shard);
        // One of two is no minority.
        if (latest.participants().size() < 3) {
            return false;
        }
        for (ParticipantId participant : latest.participants()) {
            Machine holder = world.machineOf(participant.node());
            boolean settled = holder != null
                    && holder.status(shard)
                            .filter(s -> s.phase() == ReplicaStatus.Phase.PARTICIPATING)
                            .filter(s -> s.epoch() == latest.epoch() && !s.frozen() && !s.returning())
                            .isPresent();
            if (!settled) {
                return false;
            }
        }
        return latest.has(machine.node()) || !machine.disk.holds(shard) || !isNeededStill(machine, shard);
    }

    /// A removed participant may still have its salvage, and what others need (R41).
    private static boolean isNeededStill(Machine machine, int shard) {
        return machine.status(shard)
                .filter(s -> s.phase() == ReplicaStatus.Phase.GONE || s.phase() == ReplicaStatus.Phase.COPYING)
                .isEmpty();
    }
}
