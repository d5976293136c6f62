package io.legion.simulation.scene;

import io.legion.simulation.Randomness;
import io.legion.simulation.scene.PlannedFault.Kind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

/// Draws the faults of a scene.
final class FaultDraw {
    /// The kinds that happen any time; the others have draws of their own.
    private static final List<Kind> OFTEN = EnumSet.range(Kind.KILL, Kind.NOTHING_CHANGES).stream()
            .filter(kind -> kind != Kind.OLD_COPY_UNTOLD)
            .toList();

    private final Randomness random;
    private final int machines;
    private final long millis;
    private final List<PlannedFault> faults = new ArrayList<>();

    /// @param millis how long faults go on
    FaultDraw(Randomness random, int machines, long millis) {
        this.random = random;
        this.machines = machines;
        this.millis = millis;
    }

    List<PlannedFault> all() {
        often();
        atDecisions();
        Randomness forced = random.named("forced");
        if (forced.chance(0.15)) {
            faults.add(new FaultDraw(forced, machines, millis).forced(faults.size()));
        }
        going(random.named("going"));
        oldCopies(random.named("untold"));
        twins(random.named("twins"));
        damages(random.named("damaged"));
        farOff(random.named("far off"));
        return List.copyOf(faults);
    }

    private void add(long atMillis, Kind kind, int machine, int other, long amount) {
        faults.add(new PlannedFault(faults.size(), atMillis, kind, machine, other, amount));
    }

    private void often() {
        long at = random.between(200, 1_500);
        long every = random.between(100, 2_000);
        while (at < millis) {
            add(
                    at,
                    random.oneOf(OFTEN),
                    random.below(machines),
                    random.below(machines),
                    random.between(20, random.chance(0.3) ? 8_000 : 1_500));
            at += random.between(0, 2 * every);
        }
    }

    private void atDecisions() {
        while (random.chance(0.4)) {
            add(
                    random.between(200, millis),
                    Kind.ISOLATE_AT_DECISION,
                    random.below(machines),
                    random.below(machines),
                    random.between(500, 4_000));
        }
    }

    /// A majority is lost, and changes are forced.
    PlannedFault forced(int number) {
        return new PlannedFault(
                number,
                random.between(200, millis),
                Kind.MAJORITY_LOST_AND_FORCED,
                random.below(machines),
                random.below(3),
                random.between(2_000, 15_000));
    }

    /// Releases are rolled out, and back, and versions raised, with the other faults of the scene.
    List<PlannedFault> rolling(List<PlannedFault> others) {
        faults.addAll(others);
        int number = 1 + others.stream().mapToInt(PlannedFault::number).max().orElse(-1);
        for (int rolls = (int) random.between(machines, 4L * machines); rolls > 0; rolls--) {
            Kind kind = random.chance(0.6) ? Kind.UPGRADE : random.chance(0.6) ? Kind.DOWNGRADE : Kind.RAISE_VERSIONS;
            faults.add(new PlannedFault(
                    number++, random.between(200, millis), kind, random.below(machines), 0, random.between(20, 1_500)));
        }
        Randomness around = random.named("around a raise");
        // One at a time: who has forced a change alone may be who burns down next.
        if (around.chance(0.4) && others.stream().noneMatch(fault -> fault.kind() == Kind.MAJORITY_LOST_AND_FORCED)) {
            faults.addAll(new FaultDraw(around, machines, millis).lostAroundARaise(number));
        }
        return List.copyOf(faults);
    }

    /// Most machines get the next release, and a majority is lost about when its versions rise. Some machines get one
    /// more while changes are forced, so that eras raise versions apart from each other.
    private List<PlannedFault> lostAroundARaise(int first) {
        long raised = random.between(2_000, Math.max(2_000, millis - 2_000));
        long lost = raised + random.between(-200, 1_500);
        if (random.chance(0.4)) {
            faults.add(new PlannedFault(
                    first, raised - 1_000, Kind.ALL_ALONE_AT_RAISE, 0, 0, random.between(4_000, 12_000)));
        } else {
            PlannedFault loss = forced(first);
            faults.add(new PlannedFault(first, lost, loss.kind(), loss.machine(), loss.other(), loss.amount()));
        }
        for (int machine = 0; machine < machines; machine++) {
            if (random.chance(0.97)) {
                addAfter(first, raised - random.between(1_000, 1_900), Kind.UPGRADE, machine);
            }
            addAfter(first, raised + random.between(0, 100), Kind.RAISE_VERSIONS, machine);
            if (random.chance(0.5)) {
                addAfter(first, lost + random.between(0, 4_000), Kind.UPGRADE, machine);
                addAfter(first, lost + random.between(1_000, 6_000), Kind.RAISE_VERSIONS, machine);
            }
        }
        return faults;
    }

    private void addAfter(int first, long atMillis, Kind kind, int machine) {
        faults.add(new PlannedFault(first + faults.size(), atMillis, kind, machine, 0, random.between(20, 300)));
    }

    private void going(Randomness going) {
        while (going.chance(0.25)) {
            add(
                    going.between(1_000, millis),
                    going.chance(0.5) ? Kind.LEAVE : Kind.EJECT,
                    going.below(machines),
                    going.below(machines),
                    0);
        }
    }

    private void oldCopies(Randomness untold) {
        while (untold.chance(0.3)) {
            add(untold.between(1_000, millis), Kind.OLD_COPY_UNTOLD, untold.below(machines), untold.below(machines), 0);
        }
    }

    private void damages(Randomness damaged) {
        while (damaged.chance(0.3)) {
            add(
                    damaged.between(1_000, millis),
                    Kind.DAMAGED_COPY,
                    damaged.below(machines),
                    damaged.below(machines),
                    damaged.below(64));
        }
    }

    /// Clocks that are far off for a while, perhaps from the moment on when the first machine founds the cluster.
    private void farOff(Randomness clocks) {
        if (clocks.chance(0.05)) {
            add(0, Kind.CLOCK_FAR_OFF, 0, 0, 2 * clocks.between(50, 4_000));
        }
        while (clocks.chance(0.15)) {
            add(
                    clocks.between(200, millis),
                    Kind.CLOCK_FAR_OFF,
                    clocks.below(machines),
                    clocks.below(machines),
                    clocks.between(100, 8_000));
        }
    }

    private void twins(Randomness twins) {
        while (twins.chance(0.2)) {
            add(
                    twins.between(1_000, millis),
                    Kind.TWIN,
                    twins.below(machines),
                    twins.below(machines),
                    twins.between(500, 8_000));
        }
    }
}
