package io.legion.benchmarks.cluster;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Carries out a [Plan]: a cluster for each subject, with a warm-up, the steps, and the check that nothing is lost.
final class Measuring {
    private final Plan plan;
    private final Path scratch;
    private final Table table;
    private final PrintStream progress;

    Measuring(Plan plan, Path scratch, PrintStream out, PrintStream progress) {
        this.plan = plan;
        this.scratch = scratch;
        this.table = new Table(out);
        this.progress = progress;
    }

    /// Measures all of it.
    ///
    /// @return whether every answered request was found in its counter, once
    boolean all() {
        boolean holds = true;
        for (var subject : plan.subjects()) {
            holds &= one(subject).holds();
        }
        return holds;
    }

    private Balance one(Subject subject) {
        tell(subject, "starting");
        try (var trio = Trio.start(subject, scratch, plan.flags())) {
            tell(subject, "warming up for " + plan.warmUp().toMillis() / 1e3 + " s");
            trio.warmUp(Collections.max(plan.inFlight()), plan.warmUp());
            var steps = new ArrayList<Step>();
            for (int inFlight : plan.inFlight()) {
                steps.add(step(subject, trio, inFlight));
            }
            var balance = trio.balance();
            steps.forEach(step -> table.row(subject, step, balance));
            tell(
                    subject,
                    balance.acknowledged() + " requests were answered; lost: " + balance.lost()
                            + ", in the counters without an answer: " + balance.unaskedFor());
            return balance;
        }
    }

    private Step step(Subject subject, Trio trio, int inFlight) {
        var step = trio.step(inFlight, plan.measured(), recordings(subject, inFlight));
        tell(subject, String.format(Locale.ROOT, "%d in flight: %,.0f ops/s", inFlight, step.perSecond()));
        return step;
    }

    private @Nullable String recordings(Subject subject, int inFlight) {
        return plan.profile() == null
                ? null
                : plan.profile()
                        .resolve(subject.fileName() + "-" + inFlight)
                        .toAbsolutePath()
                        .toString();
    }

    private void tell(Subject subject, String what) {
        progress.println(subject + ": " + what);
    }
}
