package io.legion.simulation.faults;

import io.legion.core.NodeId;
import io.legion.core.ParticipantId;
import io.legion.core.shard.Change;
import io.legion.core.shard.Overruled;
import io.legion.core.shard.Raise;
import io.legion.core.shard.ReplicaStatus;
import io.legion.simulation.Randomness;
import io.legion.simulation.world.Latest;
import io.legion.simulation.world.Machine;
import io.legion.simulation.world.World;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Decides on each machine, by what the machine sees, who should take part: replaces the dead, lets others
/// join, and is wrong now and then.
public final class Rebalancer {
    private static final long EVERY_MILLIS = 250;
    private static final long REPLACE_AFTER_MILLIS = 2_000;
    private static final long COPY_MILLIS = 10_000;

    private record Pair(int who, NodeId whom) {}

    private record Copy(Machine machine, int shard) {}

    private final World world;
    private final Randomness random;
    private final Map<Pair, Long> unreachableSince = new HashMap<>();
    private final Map<Copy, Long> copyingSince = new HashMap<>();

    public Rebalancer(World world, Randomness random) {
        this.world = world;
        this.random = random;
    }

    public void begin() {
        for (Machine machine : world.machines) {
            world.timeline.afterMillis(random.between(0, EVERY_MILLIS), () -> repeat(machine));
        }
    }

    private void repeat(Machine machine) {
        for (int shard : world.scene.nodes().whole() ? List.<Integer>of() : machine.hosted()) {
            machine.status(shard).ifPresent(status -> consider(machine, shard, status));
        }
        world.timeline.afterMillis(EVERY_MILLIS, () -> repeat(machine));
    }

    private void consider(Machine machine, int shard, ReplicaStatus status) {
        if (status.phase() != ReplicaStatus.Phase.COPYING) {
            copyingSince.remove(new Copy(machine, shard));
        }
        switch (status.phase()) {
            case GONE -> drop(machine, shard);
            case COPYING -> giveUpIfInVain(machine, shard);
            case PARTICIPATING -> {
                askWhatIsPast(machine, shard, status);
                improve(machine, shard, status);
            }
            case REMOVED -> askWhatIsPast(machine, shard, status);
            case OVERRULED -> {
                Overruled overruled = status.overruled();
                // The era that overruled it may have been overruled since.
                if (overruled != null && !overruled.complete()) {
                    askWhatIsPast(machine, shard, status, overruled.epoch());
                }
            }
            case DIVERGED, OLD_COPY -> {}
        }
    }

    private void drop(Machine machine, int shard) {
        machine.give((_, _) -> {
            boolean gone = machine.status(shard)
                    .filter(s -> s.phase() == ReplicaStatus.Phase.GONE || s.phase() == ReplicaStatus.Phase.COPYING)
                    .isPresent();
            if (gone) {
                world.story.tell(machine.name, () -> "drops its copy of shard " + shard);
                machine.drop(shard);
            }
        });
    }

    private void giveUpIfInVain(Machine machine, int shard) {
        long now = world.timeline.micros() / 1000;
        long since = copyingSince.computeIfAbsent(new Copy(machine, shard), _ -> now);
        if (now - since > COPY_MILLIS) {
            copyingSince.remove(new Copy(machine, shard));
            drop(machine, shard);
        }
    }

    /// A node hears by gossip that a shard is in a later epoch, even if no participant that its replica knows
    /// is there any more, and asks the present ones. Here it stays in the dark until the faults are over.
    private void askWhatIsPast(Machine machine, int shard, ReplicaStatus status) {
        askWhatIsPast(machine, shard, status, status.epoch());
    }

    private void askWhatIsPast(Machine machine, int shard, ReplicaStatus status, long known) {
        Latest latest = world.latest(shard);
        if (world.isHealing() && latest.epoch() > known) {
            for (ParticipantId participant : latest.participants()) {
                machine.give((process, _) -> process.askDecisions(shard, participant.node(), status.epoch()));
            }
        }
    }

    private void improve(Machine machine, int shard, ReplicaStatus status) {
        var dead = new ArrayList<ParticipantId>();
        int reachable = 0;
        for (ParticipantId participant : status.participants()) {
            boolean self = participant.equals(status.self());
            if (self || isReachable(machine, shard, status, participant.node())) {
                reachable++;
                if (reachable == 1 && !self) {
                    return;
                }
            } else if (isOverdue(machine, participant.node())) {
                dead.add(participant);
            }
        }
        if (2 * reachable > status.participants().size() && !status.frozen()) {
            wish(machine, shard, status, dead);
        }
    }

    private boolean isReachable(Machine machine, int shard, ReplicaStatus status, NodeId node) {
        Machine other = world.machineOf(node);
        boolean reachable = other != null && world.isReachable(machine, other) && !isOldCopy(other, shard);
        if (other != null && reachable) {
            joinIfMissing(other, shard, status);
            unreachableSince.remove(new Pair(machine.number, node));
        }
        return reachable;
    }

    /// A node that has found its store to be an old copy (R71) is out.
    private static boolean isOldCopy(Machine machine, int shard) {
        return machine.status(shard)
                .filter(s -> s.phase() == ReplicaStatus.Phase.OLD_COPY)
                .isPresent();
    }

    /// A node that was added although it had dropped its copy copies again.
    private static void joinIfMissing(Machine participant, int shard, ReplicaStatus status) {
        if (!participant.isHosted(shard)) {
            participant.join(shard, nodes(status));
        }
    }

    private static List<NodeId> nodes(ReplicaStatus status) {
        return status.participants().stream().map(ParticipantId::node).toList();
    }

    private boolean isOverdue(Machine machine, NodeId node) {
        long now = world.timeline.micros() / 1000;
        return now - unreachableSince.computeIfAbsent(new Pair(machine.number, node), _ -> now) > REPLACE_AFTER_MILLIS;
    }

    private void wish(Machine machine, int shard, ReplicaStatus status, List<ParticipantId> dead) {
        List<NodeId> joiner = status.readyJoiners().stream().limit(1).toList();
        int size = status.participants().size();
        int wanted = world.scene.nodes().replicas();
        if (!dead.isEmpty()) {
            change(machine, shard, new Change(dead.subList(0, 1), random.chance(0.5) ? joiner : List.of()));
        } else if (size > wanted) {
            change(machine, shard, new Change(List.of(status.participants().getLast()), List.of()));
        } else if (!joiner.isEmpty() && size < wanted) {
            change(machine, shard, new Change(List.of(), joiner));
        } else if (!joiner.isEmpty() && !world.isHealing() && random.chance(0.3)) {
            change(machine, shard, new Change(List.of(status.participants().getLast()), joiner));
        } else if (size < wanted) {
            invite(machine, shard, status);
        } else {
            raise(machine, shard, status);
        }
    }

    /// Here a machine proposes what its own release runs, whatever the others do: their promises decide (R87).
    private void raise(Machine machine, int shard, ReplicaStatus status) {
        List<Raise> due = RollOuts.due(world, machine, status);
        if (!due.isEmpty()) {
            change(machine, shard, Change.raising(due));
        }
    }

    /// Proposes a change, if a majority of the next participants is there (R35).
    void change(Machine machine, int shard, Change change) {
        machine.give((process, now) -> {
            ReplicaStatus status = machine.status(shard).orElse(null);
            if (status != null && isPrudent(machine, status, change)) {
                world.story.tell(machine.name, () -> "proposes for shard " + shard + ": " + change);
                process.change(shard, change, now);
            }
        });
    }

    private boolean isPrudent(Machine machine, ReplicaStatus status, Change change) {
        var next = new ArrayList<>(nodes(status));
        for (ParticipantId removed : change.removed()) {
            next.remove(removed.node());
        }
        next.addAll(change.added());
        long there = next.stream()
                .map(world::machineOf)
                .filter(other -> isThere(machine, other))
                .count();
        return 2 * there > next.size() && next.contains(machine.node());
    }

    private boolean isThere(Machine machine, @Nullable Machine other) {
        return other != null && (other == machine || world.isReachable(machine, other));
    }

    /// Asks a machine that has nothing of the shard to copy it.
    void invite(Machine machine, int shard, ReplicaStatus status) {
        var idle = new ArrayList<Machine>();
        boolean underWay = false;
        for (Machine other : world.machines) {
            boolean copying = other.status(shard)
                    .filter(s -> s.phase() == ReplicaStatus.Phase.COPYING)
                    .isPresent();
            underWay |= copying;
            if (world.isReachable(machine, other) && !other.isHosted(shard)) {
                idle.add(other);
            }
        }
        if (!world.scene.nodes().whole() && !idle.isEmpty() && (!underWay || !world.isHealing())) {
            Machine chosen = random.oneOf(idle);
            world.timeline.afterMillis(1, () -> chosen.join(shard, nodes(status)));
        }
    }
}
