package io.legion.benchmarks.cluster;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;

/// Carries out a [Plan].
final class Measuring {
    private final Plan plan;
    private final Path scratch;
    private final PrintStream progress;

    /// @param scratch where the clusters keep their files
    /// @param progress hears what happens meanwhile
    Measuring(Plan plan, Path scratch, PrintStream progress) {
        this.plan = plan;
        this.scratch = scratch;
        this.progress = progress;
    }

    List<Result> all() {
        return plan.comparisons().stream()
                .flatMap(comparison -> one(comparison).stream())
                .toList();
    }

    private List<Result> one(Comparison comparison) {
        try (var comparing = Comparing.start(comparison, plan, scratch, progress)) {
            return comparing.results();
        }
    }
}
