package io.legion.simulation.faults;

import io.legion.core.NodeId;
import io.legion.core.ParticipantId;
import io.legion.core.primitive.Epoch;
import io.legion.core.shard.ReplicaStatus;
import io.legion.simulation.Randomness;
import io.legion.simulation.disk.SimulatedDisk;
import io.legion.simulation.world.Machine;
import io.legion.simulation.world.World;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/// Disks replaced by older copies of themselves, whether the machine learns so or not (R71).
final class OldCopies {
    private static final long COPY_EVERY_MILLIS = 700;
    private static final long LOOK_MILLIS = 100;
    private static final long START_MILLIS = 100;
    private static final int KEPT = 4;

    /// @param alone true if the machine was then the only participant of a shard
    /// @param eras of each shard, then
    private record Kept(SimulatedDisk.Copy copy, NodeId node, long micros, boolean alone, List<Long> eras) {}

    private final World world;
    private final Randomness random;
    private final Randomness choice;
    private final Losses losses;
    private final Crashes crashes;
    /// The machines of whose disks somebody has a copy.
    private final Set<Integer> copied = new HashSet<>();
    private final TreeMap<Integer, ArrayDeque<Kept>> kept = new TreeMap<>();
    private long quietUntilMicros;
    private boolean havePutBack;

    OldCopies(World world, Randomness random, Losses losses, Crashes crashes) {
        this.world = world;
        this.random = random;
        this.choice = random.named("old copies");
        this.losses = losses;
        this.crashes = crashes;
    }

    /// Makes copies of disks now and then.
    void begin() {
        look();
        copyDisks();
    }

    private void copyDisks() {
        world.timeline.afterMillis(COPY_EVERY_MILLIS, () -> {
            Machine machine = random.oneOf(world.machines);
            SimulatedDisk.Copy copy = machine.disk.copy();
            copied.add(machine.number);
            var copies = kept.computeIfAbsent(machine.number, _ -> new ArrayDeque<>());
            copies.addLast(new Kept(copy, machine.node(), world.timeline.micros(), isAlone(world, machine), eras()));
            if (copies.size() > KEPT) {
                copies.removeFirst();
            }
            if (!world.isHealing()) {
                copyDisks();
            }
        });
    }

    /// True while no other fault may happen: an old copy comes back, and everybody whom it asks must be there.
    /// Legion promises less of a copy that hears nobody.
    boolean isComingBack() {
        return world.timeline.micros() < quietUntilMicros;
    }

    /// An operator who knows that an old copy is in the disk's place empties the disk before the machine starts (R1).
    /// So nothing of the copy matters, only that there was one to put back.
    boolean emptied(Machine machine) {
        return copied.contains(machine.number) && crashes.loseDisk(machine, START_MILLIS);
    }

    /// The machine starts with an older copy under its present identity, as if nothing had happened. What was
    /// under way on its former connections is gone with them.
    boolean putBack(Machine machine) {
        var copies = kept.getOrDefault(machine.number, new ArrayDeque<>()).stream()
                .filter(copy -> copy.node.equals(machine.node()) && !copy.alone && isSafelyBack(copy))
                .toList();
        if (copies.isEmpty() || world.isHealing() || !losses.may(machine) || !isEverybodyHeard(machine)) {
            return false;
        }
        Kept chosen = choice.oneOf(copies);
        machine.putBack(chosen.copy);
        // Until it starts again: an answer may be on its way to the client.
        world.lost.since(machine.node(), chosen.micros, world.timeline.micros() + START_MILLIS * 1000);
        quietUntilMicros = world.timeline.micros()
                + (START_MILLIS + world.scene.nodes().settings().returnMillis()) * 1000;
        world.timeline.afterMillis(START_MILLIS, () -> crashes.restart(machine));
        havePutBack = true;
        return true;
    }

    /// A copy from before a forced change asks only those that took part before. If these were given up and come back
    /// just then, it goes on with them until it hears of the higher era, and that is more than Legion bears.
    private boolean isSafelyBack(Kept copy) {
        return copy.eras.equals(eras()) || world.machines.stream().allMatch(Machine::isUp);
    }

    private List<Long> eras() {
        return IntStream.range(0, world.scene.nodes().shards())
                .mapToObj(shard -> Epoch.era(world.latestSeen(shard).epoch()))
                .toList();
    }

    /// A copy made while the machine is alone knows of nobody to ask when it comes back, and that is more than
    /// Legion bears. This holds for the disk of a machine that does not run, too.
    static boolean isAlone(World world, Machine machine) {
        for (int shard = 0; shard < world.scene.nodes().shards(); shard++) {
            int participants = machine.isUp()
                    ? machine.status(shard).map(s -> s.participants().size()).orElse(2)
                    : world.latestSeen(shard).participants().size();
            if (participants < 2) {
                return true;
            }
        }
        return false;
    }

    /// True if all is well between the machine and the participants of all shards.
    boolean isEverybodyHeard(Machine machine) {
        for (int shard = 0; shard < world.scene.nodes().shards(); shard++) {
            for (ParticipantId participant : world.latestSeen(shard).participants()) {
                Machine other = world.machineOf(participant.node());
                if (other == null || !other.isPrompt() || !isHeard(machine, other)) {
                    return false;
                }
            }
        }
        return machine.isPrompt() && !world.network.losesMore();
    }

    private boolean isHeard(Machine machine, Machine other) {
        return machine == other
                || (world.isReachable(machine, other)
                        && !world.network.isSlow(machine.number, other.number)
                        && !world.network.isSlow(other.number, machine.number));
    }

    /// Restarts, as another node, a node that has found its store to be an old copy, once nothing is left of
    /// what it had accepted. If no copy was put back, somebody looks when the faults are over: a replica that
    /// gave way to one era finds so too, if a higher one counts on it (R71).
    private void look() {
        boolean looked = havePutBack || world.isHealing();
        for (Machine machine : world.machines) {
            if (looked && isFound(machine)) {
                machine.give((process, now) -> process.foundOldCopy(now));
                if (isDone(machine)) {
                    world.story.tell(machine.name, () -> "is started again, as another node");
                    machine.stop();
                    NodeId old = machine.node();
                    crashes.beginAnew(machine);
                    world.lost.nothingOf(old);
                    world.timeline.afterMillis(START_MILLIS, () -> crashes.restart(machine));
                }
            }
        }
        world.timeline.afterMillis(LOOK_MILLIS, this::look);
    }

    private boolean isFound(Machine machine) {
        return !machine.isDiskInTrouble()
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
