package io.legion.simulation.runs;

import io.legion.simulation.Breach;
import io.legion.simulation.scene.Plan;
import io.legion.simulation.scene.Scene;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;

/// Makes a run that breaks an invariant smaller: leaves out machines, then faults, then requests, as long as
/// the same invariant breaks.
public final class Shrinker {
    private static final int MOST_RUNS = 300;

    private final String invariant;
    private final Function<Plan, Finding> running;
    private final Consumer<String> progress;
    private Finding smallest;
    private int runs;

    private Shrinker(Finding broken, Function<Plan, Finding> running, Consumer<String> progress) {
        this.invariant = java.util.Objects.requireNonNull(broken.breach()).invariant();
        this.smallest = broken;
        this.running = running;
        this.progress = progress;
    }

    /// The smallest run found that breaks the same invariant as `broken`.
    ///
    /// @param running carries out a run
    public static Finding shrink(Finding broken, Function<Plan, Finding> running, Consumer<String> progress) {
        var shrinker = new Shrinker(broken, running, progress);
        shrinker.leaveOutMachines();
        shrinker.leaveOutFaults();
        shrinker.leaveOutRequests();
        shrinker.leaveOutMachines();
        shrinker.leaveOutFaults();
        return shrinker.smallest;
    }

    /// Leaves out one after the other, the last first. With fewer machines all goes another way, so leaving out
    /// one more may be too much where leaving out two more is not.
    private void leaveOutMachines() {
        for (int most = Scene.of(smallest.plan()).nodes().machines() - 1; most > 0; most--) {
            attempt(smallest.plan().machines(most));
        }
    }

    private void leaveOutFaults() {
        int faults = Scene.of(smallest.plan().seed()).faults().size();
        for (int size = Math.max(1, faults / 2); size >= 1; size /= 2) {
            for (int from = 0; from < faults; from += size) {
                var without = new TreeSet<>(smallest.plan().without());
                boolean more = false;
                for (int number = from; number < Math.min(faults, from + size); number++) {
                    more |= without.add(number);
                }
                if (more) {
                    attempt(smallest.plan().without(without));
                }
            }
        }
    }

    private void leaveOutRequests() {
        long less = smallest.requests();
        while (less > 0 && attempt(smallest.plan().requests(less / 2))) {
            less /= 2;
        }
        for (long step = less / 4; step > 0; step /= 2) {
            while (smallest.requests() > step && attempt(smallest.plan().requests(smallest.requests() - step))) {
                progress.accept("down to " + smallest.requests() + " requests");
            }
        }
    }

    private boolean attempt(Plan plan) {
        if (runs++ >= MOST_RUNS) {
            return false;
        }
        Finding finding = running.apply(plan);
        Breach breach = finding.breach();
        boolean same = breach != null && breach.invariant().equals(invariant);
        if (same) {
            smallest = finding;
            progress.accept("broken too with " + Scene.of(plan).nodes().machines() + " machines, " + finding.faults()
                    + " faults and " + finding.requests() + " requests");
        }
        return same;
    }
}
