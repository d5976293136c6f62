package io.legion.discovery.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.discovery.WithRegistry;
import org.junit.jupiter.api.Test;

/// What machines ask of a node.
class StatusApiTest extends WithRegistry {
    @Test
    void aNodeThatIsReadySaysSo() {
        var reply = registry.get("/health/ready");
        assertThat(reply.statusCode()).isEqualTo(200);
        assertThat(reply.body()).isEqualTo("{\"status\":\"UP\"}");
        assertThat(reply.headers().firstValue("Cache-Control")).contains("no-store");
    }

    @Test
    void aNodeThatIsNotReadySaysWhyAndLivesAllTheSame() {
        registry.health.because("The node is joining its cluster.", "A \"disk\" is full.");
        var reply = registry.get("/health/ready");
        assertThat(reply.statusCode()).isEqualTo(503);
        assertThat(reply.body())
                .isEqualTo("{\"status\":\"DOWN\",\"reasons\":"
                        + "[\"The node is joining its cluster.\",\"A \\\"disk\\\" is full.\"]}");
        assertThat(registry.get("/health/live").statusCode()).isEqualTo(200);
    }

    @Test
    void aScrapeCountsWhatTheRegistryHolds() {
        register("a", "UP");
        register("b", "UP");
        register("c", "DOWN");
        var reply = registry.get("/metrics");
        assertThat(reply.body()).isEqualTo("scraped\n");
        assertThat(reply.headers().firstValue("Content-Type")).contains("text/plain; version=0.0.4; charset=utf-8");
        assertThat(registry.monitor.value("discovery.applications")).isEqualTo(1);
        assertThat(registry.monitor.value("discovery.instances{status=UP}")).isEqualTo(2);
        assertThat(registry.monitor.value("discovery.instances{status=DOWN}")).isEqualTo(1);
        assertThat(registry.monitor.value("discovery.ready")).isEqualTo(1);
    }

    @Test
    void aScrapeWorksWhileTheRegistryCanNotBeRead() {
        register("a", "UP");
        registry.get("/metrics");
        registry.applications.available(false);
        registry.health.because("No majority.");
        assertThat(registry.get("/metrics").statusCode()).isEqualTo(200);
        assertThat(registry.monitor.value("discovery.applications")).isNaN();
        assertThat(registry.monitor.value("discovery.ready")).isZero();
    }

    private void register(String id, String status) {
        var body = "{\"address\":\"h\",\"port\":1,\"status\":\"" + status + "\"}";
        registry.send("PUT", "/v1/services/orders/instances/" + id, body, "Content-Type", "application/json");
    }
}
