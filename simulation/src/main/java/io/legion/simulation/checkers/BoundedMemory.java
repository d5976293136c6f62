package io.legion.simulation.checkers;

import io.legion.core.shard.ReplicaStatus;
import io.legion.simulation.world.Machine;
import io.legion.simulation.world.World;

/// I9: outstanding events are bounded at each origin, and so everywhere.
final class BoundedMemory implements Checker.OfLooks {
    /// For events of origins removed lately, and for reads.
    private static final int SLACK = 3;

    /// When two participants do not hear each other but both hear a third, the two fold nothing and the third
    /// goes on, until one of the two is replaced.
    private static final long WHILE_PARTLY_CUT_MICROS = 10_000_000;

    private final World world;

    BoundedMemory(World world) {
        this.world = world;
    }

    @Override
    public void looked(Machine machine, int shard, ReplicaStatus status) {
        long atOrigins = (long) world.scene.nodes().settings().maxOutstanding()
                * (status.participants().size() + SLACK);
        long bound = atOrigins + WHILE_PARTLY_CUT_MICROS / world.scene.load().everyMicros();
        if (status.outstanding() > bound) {
            world.broken(
                    "BoundedMemory",
                    machine.name + " has " + status.outstanding() + " outstanding events of shard " + shard
                            + ", more than " + bound);
        }
    }
}
