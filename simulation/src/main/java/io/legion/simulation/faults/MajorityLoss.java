package io.legion.simulation.faults;

import io.legion.core.shard.ReplicaStatus;
import io.legion.core.shard.VersionBoundary;
import io.legion.simulation.scene.Fault;
import io.legion.simulation.world.Latest;
import io.legion.simulation.world.Machine;
import io.legion.simulation.world.World;
import java.util.List;
import java.util.TreeMap;

/// The fault after which an operator forces a change (R43).
final class MajorityLoss {
    private static final long GO_ON_ALONE_MILLIS = 1_000;

    private final World world;
    private final Crashes crashes;
    private final Cuts cuts;
    private final Operator operator;

    /// How long all machines are alone once a version becomes active; 0 for none.
    private long aloneAtRaiseMillis;

    /// The latest boundary of each shard that any replica was ever seen with.
    private final TreeMap<Integer, Long> raised = new TreeMap<>();

    MajorityLoss(World world, Crashes crashes, Cuts cuts, Operator operator) {
        this.world = world;
        this.crashes = crashes;
        this.cuts = cuts;
        this.operator = operator;
    }

    /// Leaves the first shard without a majority; the other shards fare as they may. The lost machines burn
    /// down, or are off for a while, or are only cut off: then an operator may force more than one side.
    boolean happen(Fault.MajorityLost fault) {
        Latest latest = world.latestSeen(0);
        List<Machine> holders = latest.participants().stream()
                .map(participant -> world.machineOf(participant.node()))
                .filter(machine -> machine != null && latest.isEnteredBy(machine, 0))
                .toList();
        int survivors = latest.participants().size() / 2;
        boolean burns = fault.how() == Fault.MajorityLost.How.BURNED;
        if (survivors == 0 || holders.isEmpty() || (burns && world.scene.nodes().shards() > 1)) {
            return false;
        }
        List<Machine> left = holders.subList(0, Math.min(holders.size(), 1 + fault.spared() % survivors));
        List<Machine> lost = world.machines.stream()
                .filter(machine -> !left.contains(machine) && latest.has(machine.node()))
                .toList();
        switch (fault.how()) {
            case CUT_OFF -> cutOff(left, fault.millis());
            case ALL_CUT_OFF -> cutOff(world.machines, fault.millis());
            case BURNED, STOPPED -> {
                // For a moment the others go on without those that are left, so that there is something to lose.
                left.forEach(one -> lost.forEach(other -> cuts.cut(one, other, GO_ON_ALONE_MILLIS)));
                world.timeline.afterMillis(GO_ON_ALONE_MILLIS, () -> lose(left, lost, burns, fault.millis()));
            }
        }
        return true;
    }

    private void lose(List<Machine> left, List<Machine> lost, boolean burns, long millis) {
        Latest latest = world.latestSeen(0);
        if (world.isHealing() || !left.stream().allMatch(one -> latest.has(one.node()) && latest.isEnteredBy(one, 0))) {
            return;
        }
        lost.forEach(machine -> {
            if (burns) {
                crashes.burn(machine, millis);
            } else {
                crashes.kill(machine, millis);
            }
        });
        operator.begin(burns);
    }

    /// All machines will be alone when a version becomes active.
    boolean waitForRaise(long millis) {
        aloneAtRaiseMillis = millis;
        return true;
    }

    /// A replica has worked; what it has sent is under way still.
    void looked(int shard, ReplicaStatus status) {
        long latest = status.boundaries().stream()
                .mapToLong(VersionBoundary::time)
                .max()
                .orElse(0);
        if (latest > raised.getOrDefault(shard, 0L)) {
            raised.put(shard, latest);
            if (aloneAtRaiseMillis > 0 && !world.isHealing()) {
                cutOff(world.machines, aloneAtRaiseMillis);
                aloneAtRaiseMillis = 0;
            }
        }
    }

    /// Cuts each of these off from all others.
    private void cutOff(List<Machine> alone, long millis) {
        for (Machine one : alone) {
            for (Machine other : world.machines) {
                cuts.cut(one, other, millis);
            }
        }
        operator.begin(false);
    }
}
