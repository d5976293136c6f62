package io.legion.benchmarks.cluster.report;

import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/// A [Report] as text in Markdown: what was measured with what, and a table. The documents show it as it is.
public final class ResultTable {
    private static final List<String> WORDS = List.of("system", "mode", "store");
    private static final List<String> NUMBERS = List.of(
            "in flight",
            "requests/s",
            "CPU µs",
            "compilers µs",
            "collector µs",
            "allocated B",
            "p50 ms",
            "p99 ms",
            "p99.9 ms",
            "max ms",
            "switches",
            "wire B",
            "others' cores",
            "failed",
            "lost",
            "CPU ratio",
            "throughput ratio");

    private ResultTable() {}

    /// The text, which ends with a line break.
    public static String text(Report report) {
        var lines = new StringJoiner("\n", "", "\n")
                .add(caption(report.head()))
                .add("")
                .add("| " + String.join(" | ", WORDS) + " | " + String.join(" | ", NUMBERS) + " |")
                .add("|" + "---|".repeat(WORDS.size()) + "--:|".repeat(NUMBERS.size()));
        report.results().forEach(result -> lines.add(row(result)));
        return lines.toString();
    }

    private static String caption(Report.Head head) {
        return "Measured on " + head.date() + " with Java " + head.java() + " on " + head.processors()
                + " processors, collector " + head.collector() + ", " + head.heap() + " of heap for each node, by `"
                + head.command() + "`" + (head.quick() ? ". Quick, so less exact:" : ":");
    }

    private static String row(SubjectResult result) {
        var medians = result.medians();
        var ratios = result.ratios();
        var cells = new StringJoiner(" | ", "| ", " |")
                .add(result.system())
                .add(result.mode())
                .add(result.store())
                .add(String.valueOf(result.inFlight()))
                .add(number(medians, Figure.REQUESTS_PER_SECOND, "%,.0f"))
                .add(number(medians, Figure.CPU_US_PER_REQUEST, "%.1f"))
                .add(number(medians, Figure.COMPILER_US_PER_REQUEST, "%.1f"))
                .add(number(medians, Figure.COLLECTOR_US_PER_REQUEST, "%.1f"))
                .add(number(medians, Figure.ALLOCATED_BYTES_PER_REQUEST, "%,.0f"))
                .add(number(medians, Figure.P50_MS, "%.2f"))
                .add(number(medians, Figure.P99_MS, "%.1f"))
                .add(number(medians, Figure.P999_MS, "%.1f"))
                .add(number(medians, Figure.MAX_MS, "%.0f"))
                .add(number(medians, Figure.SWITCHES_PER_REQUEST, "%.2f"))
                .add(number(medians, Figure.WIRE_BYTES_PER_REQUEST, "%,.0f"))
                .add(number(medians, Figure.OTHERS_CORES, "%.2f"))
                .add(number(medians, Figure.FAILED, "%.0f"))
                .add(String.valueOf(result.balance().lost()))
                .add(number(ratios == null ? null : ratios.cpu(), "%.2f"))
                .add(number(ratios == null ? null : ratios.throughput(), "%.2f"));
        return cells.toString();
    }

    private static String number(Figures figures, Figure figure, String format) {
        return number(figures.get(figure), format);
    }

    private static String number(@Nullable Double value, String format) {
        return value == null || value.isNaN() ? "-" : String.format(Locale.ROOT, format, value);
    }
}
