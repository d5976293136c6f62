package io.legion.simulation.rehearsal;

import java.util.List;
import java.util.SortedMap;
import java.util.stream.Collectors;

/// What a rehearsal found.
///
/// @param type the name of the partition type
/// @param histories how many files were rehearsed
/// @param checked how many steps of each version were rehearsed
/// @param skipped how many steps there are of each version that this release does not run
/// @param differing how many steps, or whole histories, differ
/// @param differences the first [#MOST_LISTED] of those that do not differ alike
public record RehearsalReport(
        String type,
        int histories,
        SortedMap<Integer, Integer> checked,
        SortedMap<Integer, Integer> skipped,
        int differing,
        List<StepDifference> differences) {
    /// The most differences that are listed.
    public static final int MOST_LISTED = 20;

    /// Whether steps were rehearsed, and none differs.
    public boolean isFine() {
        return !checked.isEmpty() && differing == 0;
    }

    /// All of it, as lines.
    @Override
    public String toString() {
        var text = new StringBuilder("Rehearsal of '" + type + "': " + total(checked)
                + (total(checked) == 1 ? " step was" : " steps were") + " rehearsed" + versions(checked) + ", and "
                + differing + (differing == 1 ? " differs." : " differ."));
        if (!skipped.isEmpty()) {
            text.append(total(skipped) == 1 ? " Skipped was " : " Skipped were ")
                    .append(total(skipped))
                    .append(total(skipped) == 1 ? " step" : " steps")
                    .append(versions(skipped))
                    .append(", which this release does not run.");
        }
        if (checked.isEmpty()) {
            text.append(
                    skipped.isEmpty()
                            ? " Nothing was rehearsed: record a history with ./legion record."
                            : " Nothing was rehearsed: this release must not join a cluster in which such a version is"
                                    + " active. Lower minimumVersion(...), or record a history of a version that it runs.");
        }
        differences.forEach(difference -> text.append("\n\n").append(difference));
        int told = differences.stream().mapToInt(each -> 1 + each.alike()).sum();
        if (differing > told) {
            text.append("\n\nand ").append(differing - told).append(" more.");
        }
        return text.toString();
    }

    private static int total(SortedMap<Integer, Integer> counts) {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    private static String versions(SortedMap<Integer, Integer> counts) {
        return counts.isEmpty()
                ? ""
                : counts.entrySet().stream()
                        .map(count -> "version " + count.getKey() + ": " + count.getValue())
                        .collect(Collectors.joining(", ", " (", ")"));
    }
}
