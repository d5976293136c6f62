package io.legion.operations.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.operations.test.OperatorsQueries.Query;
import io.legion.operations.test.OperatorsQueries.Selector;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/// The queries of the alerts and of the dashboard ask for what `docs/metrics.md` has.
class QueriesTest {
    /// What Prometheus itself adds.
    private static final Set<String> EVERYWHERE = Set.of("job", "instance");

    private static final MeterCatalogue CATALOGUE = MeterCatalogue.read();

    static List<Query> queries() {
        return new OperatorsQueries().all();
    }

    @ParameterizedTest
    @MethodSource("queries")
    void eachSeriesIsInTheCatalogueWithTheTagsAndValuesThatTheQueryNames(Query query) {
        assertThat(query.selectors()).isNotEmpty().allSatisfy(QueriesTest::isKnown);
        var groups = new TreeSet<>(query.groupedBy());
        groups.removeAll(EVERYWHERE);
        groups.remove("le");
        query.selectors().forEach(selector -> groups.removeAll(tags(selector)));
        assertThat(groups).as("groups by tags that nothing in the query has").isEmpty();
    }

    private static void isKnown(Selector selector) {
        if (selector.series().equals("up")
                || MeterCatalogue.JVM.matcher(selector.series()).matches()) {
            return;
        }
        var row = CATALOGUE.of(selector.series());
        assertThat(row).as(selector.series()).isPresent();
        selector.labels().forEach((label, values) -> {
            if (!EVERYWHERE.contains(label)) {
                assertThat(row.orElseThrow().tags()).containsKey(label);
                assertThat(row.orElseThrow().tags().get(label)).containsAll(values);
            }
        });
    }

    private static Set<String> tags(Selector selector) {
        return CATALOGUE.of(selector.series()).map(row -> row.tags().keySet()).orElse(Set.of());
    }

    @Test
    void aQueryIsTakenApartIntoWhatItAsksFor() {
        var query = new Query(
                "x",
                "sum by (job, le) (rate(a_bucket{s=~\"x|y\", job=\"$job\"}[5m])) / max(b) > 0.5 unless b offset 1h");
        assertThat(query.groupedBy()).containsExactly("job", "le");
        assertThat(query.selectors()).extracting(Selector::series).containsExactly("a_bucket", "b", "b");
        assertThat(query.selectors().getFirst().labels())
                .containsEntry("s", Set.of("x", "y"))
                .containsEntry("job", Set.of("$job"));
    }

    @Test
    void panelsHaveNumbersOfTheirOwnAndDoNotOverlap() {
        var panels = YamlFile.read(OperatorsQueries.DASHBOARD)
                .getFirst()
                .get("panels")
                .valueStream()
                .toList();
        assertThat(panels).extracting(panel -> panel.get("id").asInt()).doesNotHaveDuplicates();
        var taken = new HashSet<String>();
        assertThat(panels).allSatisfy(panel -> assertThat(cells(panel)).allMatch(taken::add));
    }

    private static List<String> cells(JsonNode panel) {
        var place = panel.get("gridPos");
        var cells = new ArrayList<String>();
        for (int x = 0; x < place.get("w").asInt(); x++) {
            for (int y = 0; y < place.get("h").asInt(); y++) {
                cells.add((place.get("x").asInt() + x) + "," + (place.get("y").asInt() + y));
            }
        }
        assertThat(cells).isNotEmpty().noneMatch(cell -> Integer.parseInt(cell.split(",", -1)[0]) >= 24);
        return cells;
    }

    @Test
    void eachAlertSaysWhatIsTrueAndWhatToDo() {
        var rules = YamlFile.read(OperatorsQueries.RULES)
                .getFirst()
                .at("/groups/0/rules")
                .valueStream()
                .toList();
        assertThat(rules).extracting(rule -> rule.get("alert").asString()).doesNotHaveDuplicates();
        assertThat(rules).isNotEmpty().allSatisfy(rule -> {
            assertThat(rule.at("/labels/severity").asString()).isIn("page", "ticket");
            assertThat(rule.at("/annotations/summary").asString()).isNotEmpty();
            assertThat(rule.at("/annotations/description").asString()).isNotEmpty();
        });
    }
}
