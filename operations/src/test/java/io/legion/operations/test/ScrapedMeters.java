package io.legion.operations.test;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// What a node shows to Prometheus, read as Prometheus reads its text format.
///
/// @param types the type of each family
/// @param labels for each family the values of each label
record ScrapedMeters(Map<String, String> types, Map<String, Map<String, Set<String>>> labels) {
    private static final Pattern TYPE = Pattern.compile("# TYPE (\\S+) (\\S+)");
    private static final Pattern SAMPLE = Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)})? \\S+");
    private static final Pattern LABEL = Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern OF_A_HISTOGRAM = Pattern.compile("_(bucket|count|sum)$");

    static ScrapedMeters of(String text) {
        var scraped = new ScrapedMeters(new TreeMap<>(), new TreeMap<>());
        text.lines().forEach(scraped::line);
        return scraped;
    }

    private void line(String line) {
        var type = TYPE.matcher(line);
        if (type.matches()) {
            types.put(type.group(1), type.group(2));
            labels.put(type.group(1), new TreeMap<>());
        } else if (!line.startsWith("#") && !line.isBlank()) {
            sample(line);
        }
    }

    private void sample(String line) {
        var sample = SAMPLE.matcher(line);
        if (!sample.matches()) {
            throw new AssertionError("no sample of Prometheus: " + line);
        }
        var family = labels.get(family(sample.group(1)));
        if (family == null) {
            throw new AssertionError("a sample without a family: " + line);
        }
        LABEL.matcher(sample.group(2) == null ? "" : sample.group(2))
                .results()
                .forEach(label -> family.computeIfAbsent(label.group(1), _ -> new TreeSet<>())
                        .add(label.group(2)));
    }

    private String family(String name) {
        var shorter = OF_A_HISTOGRAM.matcher(name).replaceFirst("");
        return types.containsKey(name) ? name : shorter;
    }
}
