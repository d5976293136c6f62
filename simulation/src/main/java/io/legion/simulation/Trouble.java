package io.legion.simulation;

import io.legion.core.NodeId;
import io.legion.core.ParticipantId;
import io.legion.core.shard.Change;
import io.legion.core.shard.ReplicaStatus;
import io.legion.runtime.Durability;
import java.util.List;
import java.util.TreeMap;

/// Makes the faults of a scene happen, except those that would be more than Legion promises to bear.
final class Trouble {
    private static final long COPY_EVERY_MILLIS = 700;

    private static final long GO_ON_ALONE_MILLIS = 1_000;

    private static final long START_AGAIN_MILLIS = 200;

    private final World world;
    private final Randomness random;
    private final TreeMap<Integer, SimulatedDisk.Copy> oldCopies = new TreeMap<>();
    private int count;

    /// True while a node is on its way out.
    private boolean going;

    /// For how long whoever next sees a decision made is cut off; 0 while nobody is to be.
    private long isolateAtDecisionMillis;

    Trouble(World world, Randomness random) {
        this.world = world;
        this.random = random;
    }

    /// How many faults have happened.
    int count() {
        return count;
    }

    void begin() {
        for (Fault fault : world.scene.faults()) {
            if (!world.plan.without().contains(fault.number())) {
                world.timeline.afterMillis(fault.atMillis(), () -> happen(fault));
            }
        }
        keepCopies();
    }

    private void keepCopies() {
        world.timeline.afterMillis(COPY_EVERY_MILLIS, () -> {
            Machine machine = random.oneOf(world.machines);
            oldCopies.putIfAbsent(machine.number, machine.disk.copy());
            if (!world.isHealing()) {
                keepCopies();
            }
        });
    }

    private void happen(Fault fault) {
        Machine machine = world.machines.get(fault.machine());
        Machine other = world.machines.get(fault.other());
        boolean happens = switch (fault.kind()) {
            case KILL -> stop(machine, false, fault.amount());
            case POWER -> stop(machine, true, fault.amount());
            case PAUSE -> pause(machine, fault.amount());
            case CUT_ONE_WAY -> cut(machine, other, true, fault.amount());
            case CUT -> cut(machine, other, false, fault.amount());
            case ISOLATE -> isolate(machine, fault.amount());
            case SPLIT -> split(fault.machine(), fault.amount());
            case LOSSY -> lossy(fault.amount());
            case SLOW_LINK -> slowLink(fault);
            case CLOCK -> clock(machine, fault.amount());
            case SLOW_DISK -> slowDisk(machine, fault.amount());
            case FULL_DISK, UNREADABLE_DISK -> badDisk(machine, fault);
            case LOSE_DISK -> loseDisk(machine, fault.amount());
            case OLD_COPY -> oldCopy(machine);
            case REMOVE -> remove(machine, other);
            case REMOVE_EACH_OTHER -> removeEachOther(machine, other);
            case JOIN -> join(machine);
            case NOTHING_CHANGES -> change(machine, Change.NONE);
            case ISOLATE_AT_DECISION -> waitForDecision(fault.amount());
            case MAJORITY_LOST_AND_FORCED -> loseMajority(fault);
            case LEAVE -> leave(machine);
            case EJECT -> eject(machine, other);
        };
        if (happens) {
            count++;
            world.story.tell("FAULT", fault::toString);
        }
    }

    private boolean stop(Machine machine, boolean power, long millis) {
        if (!machine.isUp()) {
            return false;
        }
        boolean loses = !world.scene.durability().covers(power ? Durability.FORCED : Durability.HANDED_OVER);
        if (loses && !mayLose(machine)) {
            return false;
        }
        machine.stop();
        machine.disk.crash(power, random);
        if (!machine.disk.complete()) {
            beginAnew(machine);
        }
        world.timeline.afterMillis(millis, () -> restart(machine));
        return true;
    }

    private void restart(Machine machine) {
        if (world.scene.wholeNodes() && machine.disk.unreadable) {
            // A node that can not read its disk does not start; somebody tries again later.
            world.timeline.afterMillis(START_AGAIN_MILLIS, () -> restart(machine));
        } else if (!machine.isUp()) {
            machine.start();
            for (Machine other : world.machines) {
                if (!world.scene.wholeNodes() && world.isReachable(machine, other)) {
                    other.give((process, now) -> process.reachable(machine.node, now));
                }
            }
        }
    }

    /// R1: a disk that may have lost something acknowledged, or is an older copy, is another node.
    void beginAnew(Machine machine) {
        world.renamed(machine);
        machine.disk.found(machine.node, world.scene.shards());
        machine.newcomer();
    }

    private boolean pause(Machine machine, long millis) {
        machine.pausedUntilMicros = world.timeline.micros() + millis * 1000;
        return machine.isUp();
    }

    private boolean cut(Machine from, Machine to, boolean oneWay, long millis) {
        if (from == to) {
            return false;
        }
        world.network.cut(from.number, to.number);
        if (!oneWay) {
            world.network.cut(to.number, from.number);
        }
        world.timeline.afterMillis(millis, () -> heal(from, to));
        return true;
    }

    private void heal(Machine one, Machine other) {
        world.network.heal(one.number, other.number);
        world.network.heal(other.number, one.number);
        if (!world.scene.wholeNodes() && one.isUp() && other.isUp()) {
            one.give((process, now) -> process.reachable(other.node, now));
            other.give((process, now) -> process.reachable(one.node, now));
        }
    }

    private boolean isolate(Machine machine, long millis) {
        world.machines.forEach(other -> cut(machine, other, false, millis));
        return true;
    }

    private boolean waitForDecision(long millis) {
        isolateAtDecisionMillis = millis;
        return true;
    }

    /// A machine is about to tell of a decision.
    void telling(Machine machine) {
        long millis = isolateAtDecisionMillis;
        isolateAtDecisionMillis = 0;
        if (millis > 0 && !world.isHealing()) {
            isolate(machine, millis);
        }
    }

    private boolean split(int last, long millis) {
        for (int one = 0; one <= last; one++) {
            for (int other = last + 1; other < world.machines.size(); other++) {
                cut(world.machines.get(one), world.machines.get(other), false, millis);
            }
        }
        return last + 1 < world.machines.size();
    }

    private boolean lossy(long millis) {
        world.network.moreLoss = 0.4;
        world.timeline.afterMillis(millis, () -> world.network.moreLoss = 0);
        return true;
    }

    private boolean slowLink(Fault fault) {
        world.network.slow(fault.machine(), fault.other(), fault.amount() * 300);
        world.timeline.afterMillis(3 * fault.amount(), () -> world.network.slow(fault.machine(), fault.other(), 0));
        return true;
    }

    private boolean clock(Machine machine, long amount) {
        long off = amount % 2 == 0 ? amount : -amount;
        machine.clockOffMillis += off;
        world.timeline.afterMillis(amount * 2, () -> machine.clockOffMillis -= off);
        return true;
    }

    private boolean slowDisk(Machine machine, long amount) {
        machine.slowDiskMicros = Math.min(amount, 400) * 1000;
        world.timeline.afterMillis(amount * 3, () -> machine.slowDiskMicros = 0);
        return true;
    }

    private boolean badDisk(Machine machine, Fault fault) {
        if (!machine.isUp()) {
            return false;
        }
        machine.diskInTrouble = true;
        machine.disk.full = fault.kind() == Fault.Kind.FULL_DISK;
        machine.disk.unreadable = fault.kind() == Fault.Kind.UNREADABLE_DISK;
        world.timeline.afterMillis(fault.amount(), () -> {
            boolean broken = machine.disk.full || machine.disk.unreadable;
            machine.disk.repair();
            if (broken && machine.isUp()) {
                machine.stop();
                world.timeline.afterMillis(10, () -> restart(machine));
            }
        });
        return true;
    }

    private boolean loseDisk(Machine machine, long millis) {
        if (!mayLose(machine)) {
            return false;
        }
        machine.stop();
        beginAnew(machine);
        world.timeline.afterMillis(millis, () -> restart(machine));
        return true;
    }

    private boolean oldCopy(Machine machine) {
        SimulatedDisk.Copy copy = oldCopies.get(machine.number);
        if (copy == null || !mayLose(machine)) {
            return false;
        }
        machine.stop();
        machine.disk.restore(copy);
        beginAnew(machine);
        world.timeline.afterMillis(100, () -> restart(machine));
        return true;
    }

    /// Whether the disk of a machine may be lost: of every shard the latest epoch is settled, and every participant
    /// of it is there. Also of those that it has not: it may be about to be added.
    private boolean mayLose(Machine machine) {
        for (int shard = 0; shard < world.scene.shards(); shard++) {
            if (!mayLose(machine, shard)) {
                return false;
            }
        }
        return true;
    }

    private boolean mayLose(Machine machine, int shard) {
        Latest latest = world.latestSeen[shard];
        // Of two, one is no minority.
        if (latest.participants().size() < 3) {
            return false;
        }
        for (ParticipantId participant : latest.participants()) {
            Machine holder = world.machineOf(participant.node());
            boolean settled = holder != null
                    && holder.status(shard)
                            .filter(s -> s.phase() == ReplicaStatus.Phase.PARTICIPATING)
                            .filter(s -> s.epoch() == latest.epoch() && !s.frozen())
                            .isPresent();
            if (!settled) {
                return false;
            }
        }
        return latest.has(machine.node) || !machine.disk.holds(shard) || !isNeededStill(machine, shard);
    }

    /// A removed one may still have what others need (R41), and its salvage.
    private static boolean isNeededStill(Machine machine, int shard) {
        return machine.status(shard)
                .filter(s -> s.phase() == ReplicaStatus.Phase.GONE || s.phase() == ReplicaStatus.Phase.COPYING)
                .isEmpty();
    }

    private boolean remove(Machine proposer, Machine removed) {
        if (proposer == removed) {
            return false;
        }
        boolean proposed = false;
        for (int shard : proposer.hosted()) {
            List<ParticipantId> them = proposer.status(shard).stream()
                    .filter(s -> s.phase() == ReplicaStatus.Phase.PARTICIPATING)
                    .flatMap(s -> s.participants().stream())
                    .filter(p -> p.node().equals(removed.node))
                    .toList();
            if (!them.isEmpty()) {
                proposed = true;
                world.rebalancer.change(proposer, shard, new Change(them, List.of()));
            }
        }
        return proposed;
    }

    private boolean removeEachOther(Machine one, Machine other) {
        boolean fromOne = remove(one, other);
        boolean fromOther = remove(other, one);
        return fromOne || fromOther;
    }

    private boolean change(Machine machine, Change change) {
        for (int shard : machine.hosted()) {
            world.rebalancer.change(machine, shard, change);
        }
        return machine.isUp();
    }

    /// One at a time: the last node of a cluster can not leave.
    private boolean leave(Machine machine) {
        if (!world.scene.wholeNodes() || !machine.isUp() || going) {
            return false;
        }
        machine.give((process, now) -> process.leave(now));
        comeBackAnew(machine, machine.node);
        return true;
    }

    private boolean eject(Machine machine, Machine ejected) {
        if (!world.scene.wholeNodes() || !machine.isUp() || machine == ejected || going) {
            return false;
        }
        NodeId node = ejected.node;
        machine.give((process, now) -> process.eject(node, now));
        comeBackAnew(ejected, node);
        return true;
    }

    /// Once a node is out, its machine starts with an empty disk. Nothing that was accepted is lost by that.
    private void comeBackAnew(Machine machine, NodeId node) {
        going = true;
        world.timeline.afterMillis(START_AGAIN_MILLIS, () -> {
            if (!machine.node.equals(node)) {
                going = false;
            } else if (!machine.isOut()) {
                comeBackAnew(machine, node);
            } else {
                going = false;
                machine.stop();
                beginAnew(machine);
                world.lostNodes.remove(node);
                restart(machine);
            }
        });
    }

    private boolean join(Machine machine) {
        for (int shard : machine.hosted()) {
            machine.status(shard)
                    .filter(s -> s.phase() == ReplicaStatus.Phase.PARTICIPATING)
                    .ifPresent(s -> world.rebalancer.invite(machine, shard, s));
        }
        return machine.isUp();
    }

    /// Of the first shard, no majority is left; what becomes of the others is as it comes. The machines that are lost
    /// burn down, or are off for a while, or only cut off: then there are more sides that may be forced.
    private boolean loseMajority(Fault fault) {
        Latest latest = world.latestSeen[0];
        List<Machine> holders = latest.participants().stream()
                .map(participant -> world.machineOf(participant.node()))
                .filter(machine -> machine != null && isAt(machine, latest))
                .toList();
        int survivors = latest.participants().size() / 2;
        boolean burns = fault.other() == 0;
        if (survivors == 0 || holders.isEmpty() || (burns && world.scene.shards() > 1)) {
            return false;
        }
        List<Machine> left = holders.subList(0, Math.min(holders.size(), 1 + fault.machine() % survivors));
        List<Machine> lost = world.machines.stream()
                .filter(machine -> !left.contains(machine) && latest.has(machine.node))
                .toList();
        if (fault.other() == 2) {
            cutOff(fault.amount() % 2 == 0 ? world.machines : left, fault.amount());
            world.operator.begin(false);
        } else {
            // For a moment the others go on without those that are left, so that there is something to lose.
            left.forEach(one -> lost.forEach(other -> cut(one, other, false, GO_ON_ALONE_MILLIS)));
            world.timeline.afterMillis(GO_ON_ALONE_MILLIS, () -> lose(left, lost, burns, fault.amount()));
        }
        return true;
    }

    private void lose(List<Machine> left, List<Machine> lost, boolean burns, long millis) {
        Latest latest = world.latestSeen[0];
        if (world.isHealing() || !left.stream().allMatch(one -> latest.has(one.node) && isAt(one, latest))) {
            return;
        }
        lost.forEach(machine -> {
            if (burns) {
                burn(machine, millis);
            } else {
                stop(machine, false, millis);
            }
        });
        world.operator.begin(burns);
    }

    /// Each of these from all others: every one of them may be forced to go on alone, or only those that are left.
    private void cutOff(List<Machine> alone, long millis) {
        for (Machine one : alone) {
            for (Machine other : world.machines) {
                cut(one, other, false, millis);
            }
        }
    }

    private void burn(Machine machine, long millis) {
        machine.stop();
        beginAnew(machine);
        world.timeline.afterMillis(millis, () -> restart(machine));
    }

    private static boolean isAt(Machine machine, Latest latest) {
        return machine.status(0)
                .filter(s -> s.phase() == ReplicaStatus.Phase.PARTICIPATING && s.epoch() == latest.epoch())
                .isPresent();
    }

    /// Everything that was broken is repaired.
    void heal() {
        world.network.healAll();
        for (Machine machine : world.machines) {
            machine.slowDiskMicros = 0;
            machine.pausedUntilMicros = 0;
            boolean stopped = machine.diskInTrouble;
            machine.disk.repair();
            if (stopped && machine.isUp()) {
                machine.stop();
            }
            restart(machine);
        }
        for (Machine one : world.machines) {
            for (Machine other : world.machines) {
                if (one.number < other.number) {
                    heal(one, other);
                }
            }
        }
    }
}
