package io.legion.benchmarks.cluster.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/// The results as JSON, which others read by these names, and as a table.
final class ReportTest {
    private static final Report.Head HEAD =
            new Report.Head("2026-11-29", "25.0.1", 2, "./legion bench cluster", "parallel", "1g", false);

    @Test
    void aResultHasTheMediansAndEachRun() {
        var json = JsonMapper.shared().readTree(ReportJson.text(report(null)));
        var result = json.required("results").required(0);
        assertThat(result.required("system").stringValue()).isEqualTo("legion");
        assertThat(result.required("mode").stringValue()).isEqualTo("fast");
        assertThat(result.required("in_flight").intValue()).isEqualTo(64);
        assertThat(result.required("collector").stringValue()).isEqualTo("parallel");
        assertThat(result.required("requests_per_second").doubleValue()).isEqualTo(200);
        assertThat(result.required("cpu_us_per_request").doubleValue()).isEqualTo(12.346);
        assertThat(result.required("lost").longValue()).isEqualTo(2);
        assertThat(result.required("runs")).hasSize(3);
        assertThat(result.required("runs")
                        .required(2)
                        .required("requests_per_second")
                        .doubleValue())
                .isEqualTo(300);
        assertThat(result.has("cpu_ratio_to_peer")).isFalse();
        assertThat(json.required("head").required("command").stringValue()).isEqualTo("./legion bench cluster");
    }

    @Test
    void everyFigureHasItsNameInARunAndInTheMedians() {
        var result = JsonMapper.shared()
                .readTree(ReportJson.text(report(null)))
                .required("results")
                .required(0);
        for (var name : List.of(
                "requests_per_second",
                "cpu_us_per_request",
                "compiler_us_per_request",
                "collector_us_per_request",
                "allocated_bytes_per_request",
                "p50_ms",
                "p99_ms",
                "p999_ms",
                "max_ms",
                "switches_per_request",
                "wire_bytes_per_request",
                "others_cores",
                "failed")) {
            assertThat(result.has(name)).as(name).isTrue();
            assertThat(result.required("runs").required(0).has(name)).as(name).isTrue();
        }
        assertThat(result.required("p50_ms").isNull()).as("not known").isTrue();
    }

    @Test
    void aComparedResultHasItsRatios() {
        var result = JsonMapper.shared()
                .readTree(ReportJson.text(report(new Ratios(2.5, 1.25))))
                .required("results")
                .required(0);
        assertThat(result.required("cpu_ratio_to_peer").doubleValue()).isEqualTo(2.5);
        assertThat(result.required("throughput_ratio_to_peer").doubleValue()).isEqualTo(1.25);
    }

    @Test
    void aReportIsTheSameAfterItsWayAsJson() {
        for (var ratios : new @Nullable Ratios[] {null, new Ratios(2.5, 1.25)}) {
            var text = ReportJson.text(report(ratios));
            assertThat(ReportJson.text(ReportJson.parse(text))).isEqualTo(text);
        }
    }

    @Test
    void theTableShowsTheMediansAndTheRatios() {
        assertThat(ResultTable.text(report(new Ratios(2.5, 1.25))).lines())
                .startsWith(
                        "Measured on 2026-11-29 with Java 25.0.1 on 2 processors, collector parallel,"
                                + " 1g of heap for each node, by `./legion bench cluster`:",
                        "")
                .endsWith("| legion | fast | memory | 64 | 200 | 12.3 | - | - | - | - | - | - | - | - | - | - | -"
                        + " | 2 | 2.50 | 1.25 |");
    }

    @Test
    void theTableSaysThatItIsQuick() {
        var quick = new Report.Head("2026-11-29", "25", 2, "./legion bench cluster --quick", "z", "1g", true);
        assertThat(ResultTable.text(new Report(quick, List.of()))).contains("Quick, so less exact:");
    }

    private static Report report(@Nullable Ratios ratios) {
        var runs = List.of(Runs.run(100, 12.3456), Runs.run(200, 30), Runs.run(300, 5));
        var result = new SubjectResult(
                "legion", "fast", "memory", 64, 45, true, Figures.medians(runs), runs, new Balance(600, 2, 0), ratios);
        return new Report(HEAD, List.of(result));
    }
}
