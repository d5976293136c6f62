package io.legion.simulation;

import java.util.List;

/// The fault after which an operator forces a change (R43).
final class MajorityLoss {
    private static final long GO_ON_ALONE_MILLIS = 1_000;

    private final World world;
    private final Crashes crashes;
    private final Cuts cuts;

    MajorityLoss(World world, Crashes crashes, Cuts cuts) {
        this.world = world;
        this.crashes = crashes;
        this.cuts = cuts;
    }

    /// Leaves the first shard without a majority; the other shards fare as they may. The lost machines burn
    /// down, or are off for a while, or are only cut off: then an operator may force more than one side.
    boolean happen(Fault fault) {
        Latest latest = world.latestSeen[0];
        List<Machine> holders = latest.participants().stream()
                .map(participant -> world.machineOf(participant.node()))
                .filter(machine -> machine != null && latest.isEnteredBy(machine, 0))
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
            left.forEach(one -> lost.forEach(other -> cuts.cut(one, other, false, GO_ON_ALONE_MILLIS)));
            world.timeline.afterMillis(GO_ON_ALONE_MILLIS, () -> lose(left, lost, burns, fault.amount()));
        }
        return true;
    }

    private void lose(List<Machine> left, List<Machine> lost, boolean burns, long millis) {
        Latest latest = world.latestSeen[0];
        if (world.isHealing() || !left.stream().allMatch(one -> latest.has(one.node) && latest.isEnteredBy(one, 0))) {
            return;
        }
        lost.forEach(machine -> {
            if (burns) {
                crashes.burn(machine, millis);
            } else {
                crashes.stop(machine, false, millis);
            }
        });
        world.operator.begin(burns);
    }

    /// Cuts each of these off from all others: an operator may force all of them, or only those that are left.
    private void cutOff(List<Machine> alone, long millis) {
        for (Machine one : alone) {
            for (Machine other : world.machines) {
                cuts.cut(one, other, false, millis);
            }
        }
    }
}
