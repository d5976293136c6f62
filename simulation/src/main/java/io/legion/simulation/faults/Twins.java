package io.legion.simulation.faults;

import io.legion.simulation.world.Machine;
import io.legion.simulation.world.World;
import org.jspecify.annotations.Nullable;

/// A second process of a node, on a copy of its disk, while the first one runs (R64). A node that has seen the
/// first process keeps the twin out; the twin must then serve nothing, although callers ask it too.
final class Twins {
    /// By then the twin has met a node that keeps it out. Legion promises less of a twin that meets no node
    /// which sees the first process.
    private static final long MEET_MILLIS = 500;

    private static final long START_MILLIS = 100;

    private final World world;
    private final Crashes crashes;
    private @Nullable Machine first;
    private long newUntilMicros;

    Twins(World world, Crashes crashes) {
        this.world = world;
        this.crashes = crashes;
    }

    /// True while no other fault may happen.
    boolean isNew() {
        return world.timeline.micros() < newUntilMicros;
    }

    /// Starts a twin only of a node that others have seen, and that is not the only participant of a shard:
    /// else the copy has nobody to ask before it serves.
    boolean start(Machine machine, long millis) {
        boolean seen = world.machines.stream()
                .filter(other -> other != machine && other.isUp())
                .anyMatch(other -> other.reachable().get(machine.node()) == machine);
        if (!world.scene.nodes().whole()
                || world.twin().isPresent()
                || !seen
                || OldCopies.isAlone(world, machine)
                || machine.isKeptOut()
                || world.isHealing()) {
            return false;
        }
        var started = Machine.twinOf(machine, world.scene.nodes().machines());
        world.twin(started);
        first = machine;
        newUntilMicros = world.timeline.micros() + MEET_MILLIS * 1000;
        started.start();
        world.timeline.afterMillis(millis, () -> {
            if (world.twin().orElse(null) == started) {
                end();
            }
        });
        return true;
    }

    /// Stops the second process, and restarts the first if some machine has taken it for the second.
    void end() {
        Machine left = first;
        first = null;
        world.twin().ifPresent(this::stop);
        if (left != null && left.isUp() && left.isKeptOut()) {
            left.stop();
            world.timeline.afterMillis(START_MILLIS, () -> crashes.restart(left));
        }
    }

    private void stop(Machine twin) {
        world.twin(null);
        world.story.tell(twin.name, () -> "is stopped");
        twin.stop();
    }
}
