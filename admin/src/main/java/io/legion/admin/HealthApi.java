package io.legion.admin;

import io.legion.admin.document.Documents;
import io.legion.admin.document.HealthDocument;
import io.legion.http.ApiReply;
import io.legion.http.ApiRequest;
import io.legion.http.Route;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;

/// What machines that run a node ask of it: whether it lives, whether it is ready, and its meters.
///
/// **Threads.** Any.
public final class HealthApi {
    /// The text format of Prometheus.
    private static final String METRICS = "text/plain; version=0.0.4; charset=utf-8";

    private final Health health;
    private final Supplier<String> scrape;

    /// @param scrape all meters, in the text format of Prometheus
    public HealthApi(Health health, Supplier<String> scrape) {
        this.health = health;
        this.scrape = scrape;
    }

    /// The routes. What only asks whether the node lives and is ready needs no secret.
    public List<Route> routes() {
        return List.of(
                Route.anonymous("GET", "/health/live", _ -> json(200, HealthDocument.up())),
                Route.anonymous("GET", "/health/ready", this::ready),
                new Route("GET", "/metrics", this::metrics));
    }

    private ApiReply ready(ApiRequest request) {
        var against = health.reasonsAgainst();
        return against.isEmpty() ? json(200, HealthDocument.up()) : json(503, HealthDocument.down(against));
    }

    private ApiReply metrics(ApiRequest request) {
        return ApiReply.of(200, METRICS, scrape.get().getBytes(StandardCharsets.UTF_8))
                .header("Cache-Control", "no-store");
    }

    private static ApiReply json(int status, HealthDocument document) {
        return ApiReply.of(status, ApiReply.JSON, Documents.bytes(document)).header("Cache-Control", "no-store");
    }
}
