package io.legion.simulation.shapes;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/// In what two versions of a type differ, for people.
final class VersionDifference {
    private VersionDifference() {}

    static List<String> between(KeptShape from, KeptShape to) {
        var lines = new ArrayList<String>();
        format("the state", from.state(), to.state(), lines);
        format("the events", from.events(), to.events(), lines);
        from.outputs().forEach((event, output) -> {
            if (to.outputs().containsKey(event)) {
                format(ShapeComparison.OUTPUT + event, output, to.outputs().get(event), lines);
            }
        });
        value("the initial state", from.initial(), to.initial(), lines);
        value("indexed", String.valueOf(from.indexed()), String.valueOf(to.indexed()), lines);
        var records = new TreeSet<>(from.defaults().keySet());
        records.addAll(to.defaults().keySet());
        for (String name : records) {
            value(
                    "the record " + name + " of which the bytes say nothing",
                    from.defaults().getOrDefault(name, "{}"),
                    to.defaults().getOrDefault(name, "{}"),
                    lines);
        }
        from.samples().forEach((sample, result) -> {
            if (to.samples().containsKey(sample)) {
                value("a sample: " + sample, result, to.samples().get(sample), lines);
            }
        });
        return lines;
    }

    private static void format(String what, String from, String to, List<String> lines) {
        FormatComparison.of(what, from, to).deviations().stream()
                .map(ShapeDeviation::sentence)
                .filter(line -> !lines.contains(line))
                .forEach(lines::add);
    }

    private static void value(String what, String from, String to, List<String> lines) {
        if (!from.equals(to)) {
            lines.add(what + ": " + from + ", then " + to);
        }
    }
}
