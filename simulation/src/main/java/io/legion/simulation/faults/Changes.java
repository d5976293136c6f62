package io.legion.simulation.faults;

import io.legion.core.NodeId;
import io.legion.core.ParticipantId;
import io.legion.core.shard.Change;
import io.legion.core.shard.ReplicaStatus;
import io.legion.simulation.world.Latest;
import io.legion.simulation.world.Machine;
import io.legion.simulation.world.World;
import java.util.List;
import java.util.stream.IntStream;

/// Faults of life: changes of the participants, right or wrong.
final class Changes {
    private static final long LOOK_MILLIS = 200;

    private final World world;
    private final Crashes crashes;
    private final Rebalancer rebalancer;

    /// True while a node is on its way out.
    private boolean going;

    Changes(World world, Crashes crashes, Rebalancer rebalancer) {
        this.world = world;
        this.crashes = crashes;
        this.rebalancer = rebalancer;
    }

    boolean remove(Machine proposer, Machine removed) {
        if (proposer == removed) {
            return false;
        }
        boolean proposed = false;
        for (int shard : proposer.hosted()) {
            List<ParticipantId> them = proposer.status(shard).stream()
                    .filter(s -> s.phase() == ReplicaStatus.Phase.PARTICIPATING)
                    .flatMap(s -> s.participants().stream())
                    .filter(p -> p.node().equals(removed.node()))
                    .toList();
            if (!them.isEmpty()) {
                proposed = true;
                rebalancer.change(proposer, shard, new Change(them, List.of()));
            }
        }
        return proposed;
    }

    boolean removeEachOther(Machine one, Machine other) {
        boolean fromOne = remove(one, other);
        boolean fromOther = remove(other, one);
        return fromOne || fromOther;
    }

    boolean change(Machine machine, Change change) {
        for (int shard : machine.hosted()) {
            rebalancer.change(machine, shard, change);
        }
        return machine.isUp();
    }

    /// One at a time: the last node of a cluster cannot leave.
    boolean leave(Machine machine) {
        if (!world.scene.nodes().whole() || !machine.isUp() || going) {
            return false;
        }
        machine.give((process, now) -> process.leave(now));
        comeBackAnew(machine, machine.node());
        return true;
    }

    boolean eject(Machine machine, Machine ejected) {
        boolean can = world.scene.nodes().whole() && machine.isUp() && machine != ejected && !going;
        if (!can || !isMajorityThereWithout(machine, ejected)) {
            return false;
        }
        NodeId node = ejected.node();
        machine.give((process, now) -> process.eject(node, now));
        comeBackAnew(ejected, node);
        return true;
    }

    /// Before an ejection the operator checks whether the others can go on: a participant that never started
    /// cannot vote for its own removal. The ejected node may be about to be added.
    private boolean isMajorityThereWithout(Machine machine, Machine ejected) {
        return IntStream.range(0, world.scene.nodes().shards()).allMatch(shard -> {
            Latest latest = world.latestSeen(shard);
            long there = world.machines.stream()
                    .filter(other -> other != ejected && latest.has(other.node()) && latest.isEnteredBy(other, shard))
                    .filter(other -> other == machine || world.isReachable(machine, other))
                    .count();
            int all = latest.participants().size() + (latest.has(ejected.node()) ? 0 : 1);
            return 2 * there > all;
        });
    }

    /// Once a node is out, its machine starts with an empty disk. That loses nothing that was accepted.
    private void comeBackAnew(Machine machine, NodeId node) {
        going = true;
        world.timeline.afterMillis(LOOK_MILLIS, () -> {
            if (!machine.node().equals(node)) {
                going = false;
            } else if (!machine.isOut()) {
                comeBackAnew(machine, node);
            } else {
                going = false;
                machine.stop();
                crashes.beginAnew(machine);
                world.lost.nothingOf(node);
                crashes.restart(machine);
            }
        });
    }

    boolean join(Machine machine) {
        for (int shard : machine.hosted()) {
            machine.status(shard)
                    .filter(s -> s.phase() == ReplicaStatus.Phase.PARTICIPATING)
                    .ifPresent(s -> rebalancer.invite(machine, shard, s));
        }
        return machine.isUp();
    }
}
