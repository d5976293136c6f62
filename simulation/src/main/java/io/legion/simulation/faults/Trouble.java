package io.legion.simulation.faults;

import io.legion.core.shard.Change;
import io.legion.core.shard.ReplicaStatus;
import io.legion.simulation.Randomness;
import io.legion.simulation.disk.SimulatedDisk.Condition;
import io.legion.simulation.scene.Fault;
import io.legion.simulation.scene.PlannedFault;
import io.legion.simulation.world.Machine;
import io.legion.simulation.world.World;

/// Makes the faults of a scene happen, except those beyond what Legion promises to bear.
public final class Trouble {
    /// Longer than a node takes to see that a disk has room again.
    private static final long LOOK_FOR_ROOM_MILLIS = 1_500;

    private final World world;
    private final Cuts cuts;
    private final Crashes crashes;
    private final OldCopies oldCopies;
    private final Changes changes;
    private final MajorityLoss majorityLoss;
    private final Twins twins;
    private final RollOuts rollOuts;
    private int count;

    public Trouble(World world, Randomness random, Rebalancer rebalancer, Operator operator) {
        this.world = world;
        var losses = new Losses(world);
        cuts = new Cuts(world);
        crashes = new Crashes(world, random, losses);
        oldCopies = new OldCopies(world, random, losses, crashes);
        changes = new Changes(world, crashes, rebalancer);
        twins = new Twins(world, crashes);
        rollOuts = new RollOuts(world, random.named("releases"), crashes, rebalancer);
        majorityLoss = new MajorityLoss(world, crashes, cuts, operator);
    }

    /// The number of faults so far.
    public int count() {
        return count;
    }

    public void begin() {
        for (PlannedFault fault : world.scene.faults()) {
            if (!world.plan.without().contains(fault.number())) {
                world.timeline.afterMillis(fault.atMillis(), () -> happen(fault));
            }
        }
        oldCopies.begin();
    }

    private void happen(PlannedFault fault) {
        if (!oldCopies.isComingBack() && !twins.isNew() && happens(fault.what())) {
            count++;
            world.story.tell("FAULT", fault::toString);
        }
    }

    /// @return false if it changes nothing, or is beyond what Legion promises to bear
    private boolean happens(Fault fault) {
        return switch (fault) {
            case Fault.Kill(int machine, long millis) -> crashes.kill(at(machine), millis);
            case Fault.PowerLoss(int machine, long millis) -> crashes.losePower(at(machine), millis);
            case Fault.Pause(int machine, long millis) -> pause(at(machine), millis);
            case Fault.CutOneWay(int from, int to, long millis) -> cuts.cutOneWay(at(from), at(to), millis);
            case Fault.Cut(int one, int other, long millis) -> cuts.cut(at(one), at(other), millis);
            case Fault.Isolate(int machine, long millis) -> cuts.isolate(at(machine), millis);
            case Fault.Split(int last, long millis) -> cuts.split(last, millis);
            case Fault.Lossy(long millis) -> cuts.lossy(millis);
            case Fault.SlowLink slow -> cuts.slowLink(slow);
            case Fault.ClockJump(int machine, long byMillis, long millis) -> jump(at(machine), byMillis, millis);
            case Fault.ClockFarOff(int machine, long byMillis, long millis) -> jump(at(machine), byMillis, millis);
            case Fault.SlowDisk(int machine, long micros, long millis) -> slowDisk(at(machine), micros, millis);
            case Fault.FullDisk(int machine, long millis, boolean breaks) ->
                breaks ? badDisk(at(machine), Condition.BROKEN, millis) : fullDisk(at(machine), millis);
            case Fault.UnreadableDisk(int machine, long millis) -> badDisk(at(machine), Condition.UNREADABLE, millis);
            case Fault.LostDisk(int machine, long millis) -> crashes.loseDisk(at(machine), millis);
            case Fault.EmptiedDisk(int machine) -> oldCopies.emptied(at(machine));
            case Fault.OldCopy(int machine) -> oldCopies.putBack(at(machine));
            case Fault.Remove(int proposer, int removed) -> changes.remove(at(proposer), at(removed));
            case Fault.RemoveEachOther(int one, int other) -> changes.removeEachOther(at(one), at(other));
            case Fault.Join(int machine) -> changes.join(at(machine));
            case Fault.NothingChanges(int machine) -> changes.change(at(machine), Change.NONE);
            case Fault.IsolateAtDecision(long millis) -> cuts.waitForDecision(millis);
            case Fault.MajorityLost lost -> majorityLoss.happen(lost);
            case Fault.AllAloneAtRaise(long millis) -> majorityLoss.waitForRaise(millis);
            case Fault.Leave(int machine) -> changes.leave(at(machine));
            case Fault.Eject(int machine, int ejected) -> changes.eject(at(machine), at(ejected));
            case Fault.Upgrade(int machine, long millis) -> rollOuts.roll(at(machine), 1, millis);
            case Fault.Downgrade(int machine, long millis) -> rollOuts.roll(at(machine), -1, millis);
            case Fault.RaiseVersions(int machine) -> rollOuts.raise(at(machine));
            case Fault.Twin(int machine, long millis) -> twin(at(machine), millis);
            case Fault.DamagedCopy(int machine, int shard) -> crashes.damage(at(machine), shard);
        };
    }

    private Machine at(int number) {
        return world.machines.get(number);
    }

    /// R1: the machine begins again as another node, with nothing.
    public void beginAnew(Machine machine) {
        crashes.beginAnew(machine);
    }

    /// A machine is about to tell of a decision.
    public void telling(Machine machine) {
        cuts.telling(machine);
    }

    /// A replica takes part.
    public void looked(int shard, ReplicaStatus status) {
        majorityLoss.looked(shard, status);
    }

    private static boolean pause(Machine machine, long millis) {
        machine.pause(millis);
        return machine.isUp();
    }

    private boolean jump(Machine machine, long byMillis, long millis) {
        machine.turnClock(byMillis);
        world.timeline.afterMillis(millis, () -> machine.turnClock(-byMillis));
        return true;
    }

    private boolean slowDisk(Machine machine, long micros, long millis) {
        machine.slowDisk(micros);
        world.timeline.afterMillis(millis, () -> machine.slowDisk(0));
        return true;
    }

    /// Who runs on it goes on by itself.
    private boolean fullDisk(Machine machine, long millis) {
        if (!machine.isUp() || machine.disk.isFailing()) {
            return false;
        }
        machine.breakDisk(Condition.FULL);
        world.timeline.afterMillis(millis, () -> {
            // It may be broken by now, which somebody else repairs, and starts the machine again.
            if (machine.disk.isFull()) {
                machine.disk.repair();
                world.timeline.afterMillis(LOOK_FOR_ROOM_MILLIS, machine::diskIsWell);
            }
        });
        return true;
    }

    private boolean badDisk(Machine machine, Condition condition, long millis) {
        if (!machine.isUp()) {
            return false;
        }
        machine.breakDisk(condition);
        world.timeline.afterMillis(millis, () -> {
            boolean broken = machine.disk.isFailing();
            machine.disk.repair();
            if (broken && machine.isUp()) {
                machine.stop();
                world.timeline.afterMillis(10, () -> crashes.restart(machine));
            }
        });
        return true;
    }

    private boolean twin(Machine machine, long millis) {
        return oldCopies.isEverybodyHeard(machine) && twins.start(machine, millis);
    }

    /// A machine's release could not go on: somebody brings it up to the newest one after a while.
    public void upgradeSoon(Machine machine) {
        rollOuts.upgradeSoon(machine);
    }

    /// Repairs everything that is broken.
    public void heal() {
        world.network.healAll();
        twins.end();
        rollOuts.bringUpAll();
        for (Machine machine : world.machines) {
            machine.heal();
            crashes.restart(machine);
        }
        cuts.healAll();
    }
}
