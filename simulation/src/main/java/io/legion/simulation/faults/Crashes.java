package io.legion.simulation.faults;

import io.legion.core.shard.ReplicaStatus;
import io.legion.simulation.Randomness;
import io.legion.simulation.world.Machine;
import io.legion.simulation.world.World;
import io.legion.spi.Durability;

/// Faults that end a process (a kill, a power failure, a machine that burns down), and how it begins again.
final class Crashes {
    private static final long START_AGAIN_MILLIS = 200;

    private final World world;
    private final Randomness random;
    private final Losses losses;

    Crashes(World world, Randomness random, Losses losses) {
        this.world = world;
        this.random = random;
        this.losses = losses;
    }

    /// The process is killed.
    boolean kill(Machine machine, long millis) {
        return stop(machine, Durability.HANDED_OVER, millis);
    }

    /// The power fails.
    boolean losePower(Machine machine, long millis) {
        return stop(machine, Durability.FORCED, millis);
    }

    /// @param safe the weakest durability that is safe from it
    private boolean stop(Machine machine, Durability safe, long millis) {
        if (!machine.isUp()) {
            return false;
        }
        if (!world.scene.nodes().durability().covers(safe) && !losses.may(machine)) {
            return false;
        }
        machine.stop();
        machine.disk.crash(safe, random);
        if (!machine.disk.complete()) {
            beginAnew(machine);
        }
        world.timeline.afterMillis(millis, () -> restart(machine));
        return true;
    }

    void restart(Machine machine) {
        if (world.scene.nodes().whole() && machine.disk.isUnreadable()) {
            // A node that cannot read its disk does not start; the machine tries again later.
            world.timeline.afterMillis(START_AGAIN_MILLIS, () -> restart(machine));
        } else if (!machine.isUp()) {
            machine.start();
            for (Machine other : world.machines) {
                if (!world.scene.nodes().whole() && world.isReachable(machine, other)) {
                    other.give((process, now) -> process.reachable(machine.node(), now));
                }
            }
        }
    }

    /// R1: a disk that may have lost something acknowledged, or is an old copy, is another node.
    void beginAnew(Machine machine) {
        world.renamed(machine);
        machine.disk.found(machine.node(), world.scene.nodes().shards());
        machine.newcomer();
    }

    /// What the machine has of a shard is damaged: as much as a lost disk, but for what can still be read
    /// (R76). The process ends too: so the damage is found while the other participants are there.
    boolean damage(Machine machine, int number) {
        int shard = number % world.scene.nodes().shards();
        boolean takesPart = machine.status(shard)
                .filter(status -> status.phase() == ReplicaStatus.Phase.PARTICIPATING)
                .isPresent();
        if (!world.scene.nodes().whole() || !takesPart || !losses.may(machine, shard)) {
            return false;
        }
        machine.disk.damage(shard);
        return kill(machine, START_AGAIN_MILLIS);
    }

    boolean loseDisk(Machine machine, long millis) {
        if (!losses.may(machine)) {
            return false;
        }
        burn(machine, millis);
        return true;
    }

    void burn(Machine machine, long millis) {
        machine.stop();
        beginAnew(machine);
        world.timeline.afterMillis(millis, () -> restart(machine));
    }
}
