package io.legion.operations.test;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The queries of the alerts and of the dashboard.
final class OperatorsQueries {
    static final Path RULES = Path.of("prometheus", "legion-rules.yaml");
    static final Path DASHBOARD = Path.of("grafana", "legion.json");

    private static final Pattern GROUPING = Pattern.compile("\\b(?:by|without|on|ignoring)\\s*\\(([^)]*)\\)");
    private static final Pattern SELECTOR =
            Pattern.compile("\\b([a-zA-Z_:][a-zA-Z0-9_:]*+)(?!\\s*\\()\\s*(?:\\{([^}]*)})?");
    private static final Pattern MATCHER = Pattern.compile("([a-zA-Z_]\\w*)\\s*(?:=~|!~|!=|=)\\s*\"([^\"]*)\"");
    private static final Set<String> WORDS = Set.of("and", "or", "unless", "offset");
    private static final Pattern RANGE = Pattern.compile("\\[[^\\]]*]");
    private static final Pattern NAME = Pattern.compile("[a-zA-Z_]\\w*");

    /// A series that a query asks for, with the values of each label that it names.
    record Selector(String series, Map<String, Set<String>> labels) {}

    /// A query.
    ///
    /// @param where the alert or the panel
    record Query(String where, String text) {
        List<Selector> selectors() {
            var bare = RANGE.matcher(GROUPING.matcher(text).replaceAll("")).replaceAll("");
            return SELECTOR.matcher(bare)
                    .results()
                    .filter(found -> !WORDS.contains(found.group(1)))
                    .map(found -> new Selector(found.group(1), labels(Optional.ofNullable(found.group(2)))))
                    .toList();
        }

        private static Map<String, Set<String>> labels(Optional<String> matchers) {
            return MATCHER.matcher(matchers.orElse(""))
                    .results()
                    .collect(Collectors.toMap(
                            matcher -> matcher.group(1),
                            matcher -> Set.of(matcher.group(2).split("\\|", -1))));
        }

        /// The labels by which it groups.
        Set<String> groupedBy() {
            return GROUPING.matcher(text)
                    .results()
                    .flatMap(group -> NAME.matcher(group.group(1)).results())
                    .map(name -> name.group())
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    /// Those of all alerts and panels.
    List<Query> all() {
        return Stream.concat(ofAlerts(), ofPanels()).toList();
    }

    private static Stream<Query> ofAlerts() {
        return YamlFile.read(RULES)
                .get(0)
                .at("/groups")
                .valueStream()
                .flatMap(group -> group.get("rules")
                        .valueStream()
                        .map(rule -> new Query(
                                rule.get("alert").asString(), rule.get("expr").asString())));
    }

    private static Stream<Query> ofPanels() {
        return YamlFile.read(DASHBOARD)
                .get(0)
                .get("panels")
                .valueStream()
                .filter(panel -> panel.has("targets"))
                .flatMap(panel -> panel.get("targets")
                        .valueStream()
                        .map(target -> new Query(
                                panel.get("title").asString(),
                                target.get("expr").asString())));
    }

    /// The series of this kind that some query asks for.
    Set<String> namesOf(Pattern kind) {
        return all().stream()
                .flatMap(query -> query.selectors().stream())
                .map(Selector::series)
                .filter(kind.asMatchPredicate())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
