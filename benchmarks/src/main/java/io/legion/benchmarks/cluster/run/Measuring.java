package io.legion.benchmarks.cluster.run;

import io.legion.benchmarks.cluster.report.SubjectResult;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;

/// Carries out a [MeasuringPlan].
public final class Measuring {
    private final MeasuringPlan plan;
    private final Path scratch;
    private final PrintStream progress;

    /// Measures what the plan says, once [#all] is called.
    ///
    /// @param scratch where the clusters keep their files
    /// @param progress hears what happens meanwhile
    public Measuring(MeasuringPlan plan, Path scratch, PrintStream progress) {
        this.plan = plan;
        this.scratch = scratch;
        this.progress = progress;
    }

    /// Carries out all of it, which may take an hour.
    public List<SubjectResult> all() {
        return plan.comparisons().stream()
                .flatMap(comparison -> one(comparison).stream())
                .toList();
    }

    private List<SubjectResult> one(Comparison comparison) {
        try (var comparing = Comparing.start(comparison, plan, scratch, progress)) {
            return comparing.results();
        }
    }
}
