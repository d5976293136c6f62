package io.legion.simulation.shapes;

import java.nio.file.Path;
import java.util.List;

/// What a look at the shapes found.
///
/// @param problems what does not fit, each with why it matters and what to do; empty if all is well
/// @param missing files that are not there and were not written
/// @param written files that were not there and are now
/// @param compared how many files the classes were compared with
public record ShapeReport(List<String> problems, List<Path> missing, List<Path> written, int compared) {
    private static final int MOST = 20;

    /// @param problems is copied, like the others
    public ShapeReport {
        problems = List.copyOf(problems);
        missing = List.copyOf(missing);
        written = List.copyOf(written);
    }

    /// Whether everything fits, and nothing is missing.
    public boolean isWell() {
        return problems.isEmpty() && missing.isEmpty();
    }

    /// All of it for people, at most twenty problems.
    public String text() {
        var text = new StringBuilder();
        problems.stream().limit(MOST).forEach(problem -> text.append(problem).append("\n\n"));
        if (problems.size() > MOST) {
            text.append("And ").append(problems.size() - MOST).append(" more.\n\n");
        }
        missing.forEach(file -> text.append(file).append(" is missing.\n"));
        if (!missing.isEmpty()) {
            text.append("  Why it matters: without it nobody sees when a change no longer fits that version.\n");
            text.append("  What to do: ")
                    .append(
                            problems.isEmpty()
                                    ? "run the test on your machine, or ./legion shapes write, and commit the file.\n"
                                    : "mend what does not fit; then run the test on your machine, and commit the file.\n");
        }
        written.forEach(file -> text.append(file).append(" was written: commit it.\n"));
        return text.toString().stripTrailing();
    }
}
