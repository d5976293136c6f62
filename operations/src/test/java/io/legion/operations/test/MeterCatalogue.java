package io.legion.operations.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The tables of `docs/metrics.md`.
final class MeterCatalogue {
    /// The meters of Micrometer itself, which the page names as groups.
    static final Pattern JVM = Pattern.compile("(jvm|process|system)_[a-z0-9_]+");

    /// What a timer has beside its own name.
    private static final List<String> OF_A_TIMER = List.of("_count", "_sum", "_max", "_bucket");

    private static final Path PAGE = Path.of("..", "docs", "metrics.md");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    /// A row.
    ///
    /// @param meter its name in the program
    /// @param prometheus the name of its family in Prometheus
    /// @param kind counter, timer or gauge
    /// @param tags the keys, each with its values; none where these are not from a fixed set
    /// @param meaning what it means
    record Row(String meter, String prometheus, String kind, Map<String, Set<String>> tags, String meaning) {
        /// What the name in Prometheus must be.
        String derivedName() {
            var name = meter.replace('.', '_');
            return switch (kind) {
                case "counter" -> name + "_total";
                case "timer" -> name + "_seconds";
                default -> name;
            };
        }
    }

    private final Map<String, Row> byPrometheusName;

    private MeterCatalogue(List<Row> rows) {
        byPrometheusName = rows.stream()
                .collect(Collectors.toMap(
                        Row::prometheus,
                        Function.identity(),
                        (one, other) -> {
                            throw new AssertionError("two rows for " + one.prometheus() + ": " + other);
                        },
                        TreeMap::new));
    }

    static MeterCatalogue read() {
        try {
            return new MeterCatalogue(Files.readAllLines(PAGE).stream()
                    .filter(line -> line.startsWith("| `"))
                    .map(MeterCatalogue::row)
                    .toList());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Row row(String line) {
        var cells = Arrays.stream(line.substring(1, line.lastIndexOf('|')).split("\\|", -1))
                .map(String::strip)
                .toList();
        if (cells.size() != 7) {
            throw new AssertionError("a row has 7 cells, not " + cells.size() + ": " + line);
        }
        return new Row(
                code(cells.get(0)).getFirst(),
                code(cells.get(1)).getFirst(),
                cells.get(2),
                tags(cells.get(4)),
                cells.get(5));
    }

    /// In "`key`: `value`, `value`; `other`: what it is" the first word of each part is a key.
    private static Map<String, Set<String>> tags(String cell) {
        var tags = new TreeMap<String, Set<String>>();
        for (var part : cell.split(";", -1)) {
            var words = code(part);
            if (!words.isEmpty()) {
                tags.put(words.getFirst(), new TreeSet<>(words.subList(1, words.size())));
            }
        }
        return tags;
    }

    private static List<String> code(String text) {
        return CODE.matcher(text).results().map(result -> result.group(1)).toList();
    }

    /// The rows by the names of their families in Prometheus.
    Map<String, Row> rows() {
        return byPrometheusName;
    }

    /// The row of a series, which may be a part of a timer; empty if there is none.
    Optional<Row> of(String series) {
        var row = byPrometheusName.get(series);
        if (row != null) {
            return Optional.of(row);
        }
        return OF_A_TIMER.stream()
                .filter(series::endsWith)
                .map(part -> byPrometheusName.get(series.substring(0, series.length() - part.length())))
                .filter(found -> found != null && found.kind().equals("timer"))
                .findFirst();
    }
}
