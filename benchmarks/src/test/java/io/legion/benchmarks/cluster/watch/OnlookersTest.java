package io.legion.benchmarks.cluster.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The dashboard and Prometheus ask as they should, and whoever is not answered says so.
final class OnlookersTest {

    @Test
    void theDashboardAsksAgainAndAgainWithWhatItHasLearnt() throws IOException, InterruptedException {
        try (var admin = AskedAdmin.open();
                var onlookers = Onlookers.of(List.of(admin.uri()))) {
            var asked = admin.askedUntil("/timeline?after=7&limit=1000");
            assertThat(asked)
                    .contains(
                            "/cluster",
                            "/load",
                            "/timeline?after=0&limit=1000",
                            "/shards?state=COPYING&limit=8",
                            "/shards?state=WAITING&limit=50",
                            "/metrics")
                    .doesNotContain("/shards?state=FROZEN&limit=50");
            var looks = onlookers.end();
            assertThat(looks.dashboard()).isGreaterThanOrEqualTo(6);
            assertThat(looks.scrapes()).isPositive();
        }
    }

    @Test
    void prometheusScrapesEachNodeAndTheDashboardIsAtTheFirst() throws IOException, InterruptedException {
        try (var first = AskedAdmin.open();
                var second = AskedAdmin.open();
                var third = AskedAdmin.open();
                var onlookers = Onlookers.of(List.of(first.uri(), second.uri(), third.uri()))) {
            first.askedUntil("/cluster");
            first.askedUntil("/metrics");
            assertThat(second.askedUntil("/metrics")).containsExactly("/metrics");
            assertThat(third.askedUntil("/metrics")).containsExactly("/metrics");
            assertThat(onlookers.end().scrapes()).isGreaterThanOrEqualTo(3);
        }
    }

    @Test
    void aRefusalMakesTheRunWorthless() throws IOException, InterruptedException {
        try (var admin = AskedAdmin.withStatusOfLoad(503);
                var onlookers = Onlookers.of(List.of(admin.uri()))) {
            admin.askedUntil("/load");
            assertThatThrownBy(onlookers::end)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("this run measures nothing")
                    .hasMessageContaining("/load gave the status 503, not 200");
        }
    }

    @Test
    void nobodyThereMakesTheRunWorthless() throws IOException {
        URI gone;
        try (var admin = AskedAdmin.open()) {
            gone = admin.uri();
        }
        try (var onlookers = Onlookers.of(List.of(gone))) {
            assertThatThrownBy(onlookers::end).hasMessageContaining("/cluster gave no answer");
        }
    }
}
