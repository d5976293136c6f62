package io.legion.benchmarks.cluster;

import java.io.PrintStream;
import java.util.Locale;

/// The table of the results in Markdown, row by row.
final class Table {
    private final PrintStream out;
    private boolean begun;

    Table(PrintStream out) {
        this.out = out;
    }

    void row(Subject subject, Step step, Balance balance) {
        if (!begun) {
            out.println("| system | mode | store | in flight | ops/s | p50 ms | p99 ms | p99.9 ms"
                    + " | CPU-s per 1M ops | switches per op | others' cores | failed | lost |");
            out.println("|---|---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
            begun = true;
        }
        out.printf(
                Locale.ROOT,
                "| %s | %s | %s | %d | %,.0f | %.2f | %.2f | %.2f | %.1f | %s | %s | %d | %d |%n",
                subject.system(),
                subject.mode(),
                subject.kept(),
                step.inFlight(),
                step.perSecond(),
                step.millis(50),
                step.millis(99),
                step.millis(99.9),
                step.cpuMicros(),
                known(step.switches()),
                known(step.othersCores()),
                step.failed(),
                balance.lost());
        out.flush();
    }

    private static String known(double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.2f", value);
    }
}
