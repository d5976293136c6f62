package io.legion.operations.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.discovery.Eventually;
import io.legion.discovery.RegistryCluster;
import io.legion.operations.test.MeterCatalogue.Row;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `docs/metrics.md` against what nodes of a cluster really show.
class MetersOfANodeTest {
    private final MeterCatalogue catalogue = MeterCatalogue.read();

    @TempDir
    private Path directory;

    @Test
    void theNamesInPrometheusFollowFromTheMetersOwn() {
        assertThat(catalogue.rows().values()).isNotEmpty().allSatisfy(row -> {
            assertThat(row.prometheus()).isEqualTo(row.derivedName());
            assertThat(row.kind()).isIn("counter", "timer", "gauge");
            assertThat(row.meaning()).isNotEmpty();
        });
    }

    @Test
    @Timeout(240)
    void theCatalogueHasWhatANodeShowsAndNothingElse() throws Exception {
        try (var cluster = RegistryCluster.start(directory, "admin: {port: 0}\n")) {
            var node = cluster.node(1);
            var instance = "{\"address\":\"127.0.0.1\",\"port\":1}";
            assertThat(node.send("PUT", "/v1/services/shop/instances/a", instance)
                            .statusCode())
                    .isEqualTo(201);
            // The gauges of the shards are as of the last look, and at first there was none.
            Eventually.until(
                    "its shards were counted",
                    () -> node.get("/metrics").body().contains("legion_members{status=\"up\"} 3"));
            var scraped = ScrapedMeters.of(node.get("/metrics").body());

            assertThat(ours(scraped)).isEqualTo(expected());
            assertThat(shown()).allSatisfy(row -> tagsAgree(row, scraped));
            assertThat(new OperatorsQueries().namesOf(MeterCatalogue.JVM))
                    .allSatisfy(
                            name -> assertThat(scraped.types().keySet()).anyMatch(family -> name.startsWith(family)));
            bucketsAreOurs(scraped);
        }
    }

    /// The families of a node and their types, without those of Micrometer itself.
    private static Map<String, String> ours(ScrapedMeters scraped) {
        return scraped.types().entrySet().stream()
                .filter(family -> !MeterCatalogue.JVM.matcher(family.getKey()).matches())
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /// These nodes are on RocksDB, so they show nothing of the store in PostgreSQL.
    private List<Row> shown() {
        return catalogue.rows().values().stream()
                .filter(row -> !row.meter().startsWith("legion.postgres."))
                .toList();
    }

    private Map<String, String> expected() {
        var expected = shown().stream()
                .collect(Collectors.toMap(
                        Row::prometheus, row -> row.kind().equals("timer") ? "histogram" : row.kind()));
        shown().stream()
                .filter(row -> row.kind().equals("timer"))
                .forEach(row -> expected.put(row.prometheus() + "_max", "gauge"));
        return expected;
    }

    private static void tagsAgree(Row row, ScrapedMeters scraped) {
        var labels = scraped.labels().getOrDefault(row.prometheus(), Map.of());
        var keys = new TreeSet<>(labels.keySet());
        keys.remove("le");
        assertThat(keys).as(row.meter()).isEqualTo(row.tags().keySet());
        row.tags().forEach((key, values) -> {
            if (!values.isEmpty()) {
                assertThat(labels.get(key)).as(row.meter() + " " + key).isEqualTo(values);
            }
        });
    }

    private static void bucketsAreOurs(ScrapedMeters scraped) {
        assertThat(scraped.labels()
                        .getOrDefault("legion_request_seconds", Map.of())
                        .get("le"))
                .hasSize(20)
                .contains("1.0E-5", "5.0E-4", "0.01", "10.0", "+Inf");
    }
}
