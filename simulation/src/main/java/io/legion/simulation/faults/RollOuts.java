package io.legion.simulation.faults;

import io.legion.core.shard.Change;
import io.legion.core.shard.Raise;
import io.legion.core.shard.ReplicaStatus;
import io.legion.simulation.Randomness;
import io.legion.simulation.world.Machine;
import io.legion.simulation.world.World;
import java.util.List;

/// Rolls releases of the service out and back, and raises versions where no node does so by itself.
final class RollOuts {
    private final World world;
    private final Randomness random;
    private final Crashes crashes;
    private final Rebalancer rebalancer;

    RollOuts(World world, Randomness random, Crashes crashes, Rebalancer rebalancer) {
        this.world = world;
        this.random = random;
        this.crashes = crashes;
        this.rebalancer = rebalancer;
    }

    /// Ends the process; the next one is of another release.
    ///
    /// @param by how many releases later
    boolean roll(Machine machine, int by, long millis) {
        int release = machine.release() + by;
        if (release < 0 || release >= world.releases.size() || !crashes.kill(machine, millis)) {
            return false;
        }
        machine.install(release);
        return true;
    }

    /// Proposes the versions of the machine's release for all its shards.
    boolean raise(Machine machine) {
        for (int shard : machine.hosted()) {
            machine.status(shard).ifPresent(status -> raise(machine, shard, status));
        }
        return machine.isUp();
    }

    private void raise(Machine machine, int shard, ReplicaStatus status) {
        List<Raise> due = due(world, machine, status);
        if (!due.isEmpty()) {
            rebalancer.change(machine, shard, Change.raising(due));
        }
    }

    /// The versions of a machine's release that are above the active ones.
    static List<Raise> due(World world, Machine machine, ReplicaStatus status) {
        return world.releases.get(machine.release()).all().stream()
                .filter(type -> type.version() > status.versions().getOrDefault(type.id(), 0))
                .map(type -> new Raise(type.id(), type.version()))
                .toList();
    }

    /// A person sees that the release cannot go on, and starts the newest one.
    void upgradeSoon(Machine machine) {
        world.timeline.afterMillis(random.between(300, 3_000), () -> {
            if (machine.isOutdated()) {
                bringUp(machine, random.between(20, 500));
            }
        });
    }

    /// All machines run the newest release from now on.
    void bringUpAll() {
        for (Machine machine : world.machines) {
            if (machine.release() != newest() || machine.isOutdated()) {
                bringUp(machine, 1);
            }
        }
    }

    private void bringUp(Machine machine, long millis) {
        crashes.kill(machine, millis);
        machine.install(newest());
    }

    private int newest() {
        return world.releases.size() - 1;
    }
}
