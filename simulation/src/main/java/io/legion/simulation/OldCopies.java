package io.legion.simulation;

import io.legion.core.NodeId;
import io.legion.core.ParticipantId;
import io.legion.core.shard.ReplicaStatus;
import java.util.ArrayDeque;
import java.util.TreeMap;

/// Disks that are replaced by older copies of themselves: the machine is told so, or it is not (R71).
final class OldCopies {
    private static final long COPY_EVERY_MILLIS = 700;
    private static final long LOOK_MILLIS = 100;
    private static final long START_MILLIS = 100;
    private static final int KEPT = 4;

    /// @param alone true if the machine was the only participant of a shard then
    private record Kept(SimulatedDisk.Copy copy, NodeId node, long micros, boolean alone) {}

    private final World world;
    private final Randomness random;
    private final Randomness choice;
    private final Losses losses;
    private final Crashes crashes;
    private final TreeMap<Integer, SimulatedDisk.Copy> first = new TreeMap<>();
    private final TreeMap<Integer, ArrayDeque<Kept>> kept = new TreeMap<>();
    private long quietUntilMicros;
    private boolean looking;

    OldCopies(World world, Randomness random, Losses losses, Crashes crashes) {
        this.world = world;
        this.random = random;
        this.choice = random.named("old copies");
        this.losses = losses;
        this.crashes = crashes;
    }

    /// Makes copies of disks now and then.
    void begin() {
        world.timeline.afterMillis(COPY_EVERY_MILLIS, () -> {
            Machine machine = random.oneOf(world.machines);
            SimulatedDisk.Copy copy = machine.disk.copy();
            first.putIfAbsent(machine.number, copy);
            var copies = kept.computeIfAbsent(machine.number, _ -> new ArrayDeque<>());
            copies.addLast(new Kept(copy, machine.node, world.timeline.micros(), isAlone(world, machine)));
            if (copies.size() > KEPT) {
                copies.removeFirst();
            }
            if (!world.isHealing()) {
                begin();
            }
        });
    }

    /// True while nothing else may happen: an old copy comes back, and everybody it asks is to be there. Of one that
    /// hears nobody less is promised.
    boolean isComingBack() {
        return world.timeline.micros() < quietUntilMicros;
    }

    boolean told(Machine machine) {
        SimulatedDisk.Copy copy = first.get(machine.number);
        if (copy == null || !losses.may(machine)) {
            return false;
        }
        machine.stop();
        machine.disk.restore(copy);
        crashes.beginAnew(machine);
        world.timeline.afterMillis(START_MILLIS, () -> crashes.restart(machine));
        return true;
    }

    /// The machine starts with an older copy under the identity that it has, as if nothing had happened. What
    /// is left of its former connections is gone with them.
    boolean untold(Machine machine) {
        var copies = kept.getOrDefault(machine.number, new ArrayDeque<>()).stream()
                .filter(copy -> copy.node.equals(machine.node) && !copy.alone)
                .toList();
        if (copies.isEmpty() || world.isHealing() || !losses.may(machine) || !isEverybodyHeard(machine)) {
            return false;
        }
        Kept chosen = choice.oneOf(copies);
        machine.stop();
        machine.disk.restore(chosen.copy);
        machine.lives++;
        world.checkers.restored(machine);
        // Until it starts again: an answer may have been on its way to the client.
        world.lost.since(machine.node, chosen.micros, world.timeline.micros() + START_MILLIS * 1000);
        quietUntilMicros =
                world.timeline.micros() + (START_MILLIS + world.scene.settings().returnMillis()) * 1000;
        world.timeline.afterMillis(START_MILLIS, () -> crashes.restart(machine));
        if (!looking) {
            looking = true;
            look();
        }
        return true;
    }

    /// Then a copy knows of nobody whom it could ask when it comes back, and that is more than Legion bears. Of a
    /// machine that does not run, its disk says so too.
    static boolean isAlone(World world, Machine machine) {
        for (int shard = 0; shard < world.scene.shards(); shard++) {
            int participants = machine.isUp()
                    ? machine.status(shard).map(s -> s.participants().size()).orElse(2)
                    : world.latestSeen[shard].participants().size();
            if (participants < 2) {
                return true;
            }
        }
        return false;
    }

    /// True if everything between the machine and the participants of all shards is as it should be.
    boolean isEverybodyHeard(Machine machine) {
        for (int shard = 0; shard < world.scene.shards(); shard++) {
            for (ParticipantId participant : world.latestSeen[shard].participants()) {
                Machine other = world.machineOf(participant.node());
                if (other == null || !other.isPrompt() || !isHeard(machine, other)) {
                    return false;
                }
            }
        }
        return machine.isPrompt() && world.network.moreLoss == 0;
    }

    private boolean isHeard(Machine machine, Machine other) {
        return machine == other
                || (world.isReachable(machine, other)
                        && !world.network.isSlow(machine.number, other.number)
                        && !world.network.isSlow(other.number, machine.number));
    }

    /// A node that has found out that its store is an old copy is started again as another one, once nothing is left of
    /// what it had accepted.
    private void look() {
        for (Machine machine : world.machines) {
            if (isFound(machine)) {
                machine.give((process, now) -> process.foundOldCopy(now));
                if (isDone(machine)) {
                    world.story.tell(machine.name, () -> "is started again, as another node");
                    machine.stop();
                    NodeId old = machine.node;
                    crashes.beginAnew(machine);
                    world.lost.nothingOf(old);
                    world.timeline.afterMillis(START_MILLIS, () -> crashes.restart(machine));
                }
            }
        }
        world.timeline.afterMillis(LOOK_MILLIS, this::look);
    }

    private boolean isFound(Machine machine) {
        return !machine.diskInTrouble
                && machine.hosted().stream()
                        .anyMatch(shard -> machine.status(shard)
                                .filter(s -> s.phase() == ReplicaStatus.Phase.OLD_COPY)
                                .isPresent());
    }

    private static boolean isDone(Machine machine) {
        return machine.hosted().stream()
                .allMatch(shard -> machine.status(shard)
                        .filter(s -> s.phase() != ReplicaStatus.Phase.PARTICIPATING
                                && s.phase() != ReplicaStatus.Phase.OVERRULED
                                && s.salvage().isEmpty())
                        .isPresent());
    }
}
