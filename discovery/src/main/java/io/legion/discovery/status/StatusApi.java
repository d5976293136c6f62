package io.legion.discovery.status;

import io.legion.discovery.json.Json;
import io.legion.discovery.service.Health;
import io.legion.discovery.service.RegistryMeters;
import io.legion.http.ApiReply;
import io.legion.http.Route;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/// What machines that run the node ask of it: whether it lives, whether it is ready, and its meters.
///
/// **Threads.** Any.
public final class StatusApi {
    /// The text format of Prometheus.
    private static final String METRICS = "text/plain; version=0.0.4; charset=utf-8";

    private final Health health;
    private final RegistryMeters meters;
    private final Supplier<String> scrape;

    /// @param scrape all meters, in the text format of Prometheus
    public StatusApi(Health health, RegistryMeters meters, Supplier<String> scrape) {
        this.health = health;
        this.meters = meters;
        this.scrape = scrape;
    }

    /// The routes. What only asks whether the node lives and is ready needs no secret.
    public List<Route> routes() {
        return List.of(
                Route.anonymous("GET", "/health/live", _ -> json(200, state("UP"))),
                Route.anonymous("GET", "/health/ready", _ -> ready()),
                new Route("GET", "/metrics", _ -> metrics()));
    }

    private ApiReply ready() {
        var against = health.reasonsAgainst();
        if (against.isEmpty()) {
            return json(200, state("UP"));
        }
        var body = state("DOWN");
        against.forEach(body.putArray("reasons")::add);
        return json(503, body);
    }

    private ApiReply metrics() {
        meters.look();
        return uncached(ApiReply.of(200, METRICS, scrape.get().getBytes(StandardCharsets.UTF_8)));
    }

    private static ObjectNode state(String state) {
        return Json.object().put("status", state);
    }

    private static ApiReply json(int status, ObjectNode body) {
        return uncached(ApiReply.of(status, ApiReply.JSON, body.toString().getBytes(StandardCharsets.UTF_8)));
    }

    private static ApiReply uncached(ApiReply reply) {
        return reply.header("Cache-Control", "no-store");
    }
}
