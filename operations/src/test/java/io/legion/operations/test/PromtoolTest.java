package io.legion.operations.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The alerts, as Prometheus reads them and as they fire.
class PromtoolTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "check rules --lint=all --lint-fatal prometheus/legion-rules.yaml",
                "check config prometheus/prometheus.yaml",
                "test rules prometheus/legion-rules-test.yaml"
            })
    void prometheusTakesTheFiles(String command) throws IOException, InterruptedException {
        var said = Tool.require("promtool").run(command.split(" ", -1));
        assertThat(said.code()).as(said.text()).isZero();
    }

    @Test
    void aRuleThatPrometheusCannotReadWouldBeRefused() throws IOException, InterruptedException {
        var said = Tool.require("promtool").run("check", "rules", "grafana/legion.json");
        assertThat(said.code()).as(said.text()).isNotZero();
    }
}
