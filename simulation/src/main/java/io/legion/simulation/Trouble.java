package io.legion.simulation;

import io.legion.core.shard.Change;
import java.util.Optional;

/// Makes the faults of a scene happen, except those beyond what Legion promises to bear.
final class Trouble {
    private final World world;
    private final Cuts cuts;
    private final Crashes crashes;
    private final OldCopies oldCopies;
    private final Changes changes;
    private final MajorityLoss majorityLoss;
    private final Twins twins;
    private int count;

    Trouble(World world, Randomness random) {
        this.world = world;
        var losses = new Losses(world);
        cuts = new Cuts(world);
        crashes = new Crashes(world, random, losses);
        oldCopies = new OldCopies(world, random, losses, crashes);
        changes = new Changes(world, crashes);
        twins = new Twins(world, crashes);
        majorityLoss = new MajorityLoss(world, crashes, cuts);
    }

    /// The second process of a node, while there is one.
    Optional<Machine> twin() {
        return twins.twin();
    }

    /// The number of faults so far.
    int count() {
        return count;
    }

    void begin() {
        for (Fault fault : world.scene.faults()) {
            if (!world.plan.without().contains(fault.number())) {
                world.timeline.afterMillis(fault.atMillis(), () -> happen(fault));
            }
        }
        oldCopies.begin();
    }

    private void happen(Fault fault) {
        if (!oldCopies.isComingBack() && !twins.isNew() && happens(fault)) {
            count++;
            world.story.tell("FAULT", fault::toString);
        }
    }

    private boolean happens(Fault fault) {
        Machine machine = world.machines.get(fault.machine());
        Machine other = world.machines.get(fault.other());
        return switch (fault.kind()) {
            case KILL -> crashes.stop(machine, false, fault.amount());
            case POWER -> crashes.stop(machine, true, fault.amount());
            case PAUSE -> pause(machine, fault.amount());
            case CUT_ONE_WAY -> cuts.cut(machine, other, true, fault.amount());
            case CUT -> cuts.cut(machine, other, false, fault.amount());
            case ISOLATE -> cuts.isolate(machine, fault.amount());
            case SPLIT -> cuts.split(fault.machine(), fault.amount());
            case LOSSY -> cuts.lossy(fault.amount());
            case SLOW_LINK -> cuts.slowLink(fault);
            case CLOCK -> clock(machine, fault.amount());
            case SLOW_DISK -> slowDisk(machine, fault.amount());
            case FULL_DISK, UNREADABLE_DISK -> badDisk(machine, fault);
            case LOSE_DISK -> crashes.loseDisk(machine, fault.amount());
            case OLD_COPY -> oldCopies.told(machine);
            case OLD_COPY_UNTOLD -> oldCopies.untold(machine);
            case REMOVE -> changes.remove(machine, other);
            case REMOVE_EACH_OTHER -> changes.removeEachOther(machine, other);
            case JOIN -> changes.join(machine);
            case NOTHING_CHANGES -> changes.change(machine, Change.NONE);
            case ISOLATE_AT_DECISION -> cuts.waitForDecision(fault.amount());
            case MAJORITY_LOST_AND_FORCED -> majorityLoss.happen(fault);
            case LEAVE -> changes.leave(machine);
            case EJECT -> changes.eject(machine, other);
            case TWIN -> oldCopies.isEverybodyHeard(machine) && twins.start(machine, fault.amount());
        };
    }

    /// R1: the machine begins again as another node, with nothing.
    void beginAnew(Machine machine) {
        crashes.beginAnew(machine);
    }

    /// A machine is about to tell of a decision.
    void telling(Machine machine) {
        cuts.telling(machine);
    }

    private boolean pause(Machine machine, long millis) {
        machine.pausedUntilMicros = world.timeline.micros() + millis * 1000;
        return machine.isUp();
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
                world.timeline.afterMillis(10, () -> crashes.restart(machine));
            }
        });
        return true;
    }

    /// Repairs everything that is broken.
    void heal() {
        world.network.healAll();
        twins.end();
        for (Machine machine : world.machines) {
            machine.slowDiskMicros = 0;
            machine.pausedUntilMicros = 0;
            boolean stopped = machine.diskInTrouble;
            machine.disk.repair();
            if (stopped && machine.isUp()) {
                machine.stop();
            }
            crashes.restart(machine);
        }
        cuts.healAll();
    }
}
