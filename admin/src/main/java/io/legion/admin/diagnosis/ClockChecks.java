package io.legion.admin.diagnosis;

import io.legion.admin.picture.ClusterPicture;
import io.legion.admin.picture.NodePicture;
import io.legion.operations.NodeReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Clocks that are wrong.
final class ClockChecks {
    static final List<Check> CHECKS = List.of(ClockChecks::wrong);

    /// A clock that a time service keeps is right within a fraction of a second. What is shown of clocks is
    /// late by as much as frames are.
    private static final Duration RIGHT = Duration.ofSeconds(10);

    private ClockChecks() {}

    private static Stream<Problem> wrong(ClusterPicture picture) {
        return picture.known().filter(ClockChecks::isWrong).map(ClockChecks::problem);
    }

    private static NodeReport report(NodePicture node) {
        return node.facts().orElseThrow().report();
    }

    private static boolean isWrong(NodePicture node) {
        var report = report(node);
        return report.silence().isPresent()
                || report.clockOffset()
                        .map(offset -> offset.abs().compareTo(RIGHT) > 0)
                        .orElse(false);
    }

    private static Problem problem(NodePicture node) {
        var report = report(node);
        var offset = report.clockOffset()
                .map(ahead -> ProblemText.time(ahead.abs()) + (ahead.isNegative() ? " behind" : " ahead of"))
                .orElse("not that of");
        var signs = new ArrayList<String>();
        report.clockOffset()
                .ifPresent(ahead -> signs.add("Its clock differs by " + ahead.toMillis()
                        + " ms from the middle one of those that other nodes have shown it."));
        report.silence().ifPresent(silence -> signs.add(silence.why()));
        return Problem.of(
                        Cause.CLOCK_WRONG,
                        "The clock of " + node.name() + " is " + offset + " the others'"
                                + (report.silence().isPresent() ? ": the node accepts no requests." : "."),
                        "Set the clock right, with a time service that slews it; everything goes on within seconds.")
                .at(node.node())
                .shownBy(signs);
    }
}
