package io.legion.simulation.commands;

import io.legion.simulation.runs.Finding;
import java.util.ArrayList;
import java.util.List;

/// The sum of many runs.
///
/// **Threads.** Any.
final class RunTotals {
    private final long beganNanos = System.nanoTime();
    private final List<Finding> broken = new ArrayList<>();
    private long runs;
    private long folds;
    private long epochs;
    private long faults;
    private long virtualMillis;

    synchronized void add(Finding finding) {
        runs++;
        folds += finding.folds();
        epochs += finding.epochs();
        faults += finding.faults();
        virtualMillis += finding.virtualMillis();
        if (finding.breach() != null) {
            broken.add(finding);
        }
    }

    synchronized List<Finding> broken() {
        return List.copyOf(broken);
    }

    /// A line of progress.
    synchronized String progress() {
        double seconds = (System.nanoTime() - beganNanos) / 1e9;
        return "%d runs, %d events folded, %d epochs, %d faults, %.4f simulated hours per second, %d broken"
                .formatted(runs, folds, epochs, faults, virtualMillis / 3.6e6 / seconds, broken.size());
    }

    /// The last line.
    synchronized String sum() {
        return "runs %d, folds %d, epochs %d, broken %d".formatted(runs, folds, epochs, broken.size());
    }
}
