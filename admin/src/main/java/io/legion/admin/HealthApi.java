package io.legion.admin;

import io.legion.admin.document.ChecksDocument;
import io.legion.admin.document.ChecksDocument.OneCheck;
import io.legion.admin.document.Documents;
import io.legion.admin.document.HealthDocument;
import io.legion.admin.document.HealthDocument.Status;
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

    private static final List<String> STUCK =
            List.of("The node has done nothing for a long time, though it was asked to: start it again.");

    private final Health health;
    private final Supplier<String> scrape;

    /// @param scrape all meters, in the text format of Prometheus
    public HealthApi(Health health, Supplier<String> scrape) {
        this.health = health;
        this.scrape = scrape;
    }

    /// The routes. What only asks whether the node lives and is ready needs no secret; why it is not, only
    /// those hear whom the server lets in.
    public List<Route> routes() {
        return List.of(
                Route.anonymous("GET", "/health", this::checks),
                Route.anonymous("GET", "/health/live", this::live),
                Route.anonymous("GET", "/health/ready", this::ready),
                new Route("GET", "/metrics", this::metrics));
    }

    private ApiReply live(ApiRequest request) {
        return reasons(request, health.isAlive() ? List.of() : STUCK);
    }

    private ApiReply ready(ApiRequest request) {
        return reasons(request, health.reasonsAgainst());
    }

    private static ApiReply reasons(ApiRequest request, List<String> reasons) {
        return json(reasons.isEmpty() ? 200 : 503, HealthDocument.of(reasons, !request.isStranger()));
    }

    private ApiReply checks(ApiRequest request) {
        var checks = health.checks().stream()
                .map(check -> OneCheck.of(check.name(), check.reasons()))
                .toList();
        var document = ChecksDocument.of(checks, !request.isStranger());
        return json(document.status() == Status.UP ? 200 : 503, document);
    }

    private ApiReply metrics(ApiRequest request) {
        return ApiReply.of(200, METRICS, scrape.get().getBytes(StandardCharsets.UTF_8))
                .header("Cache-Control", "no-store");
    }

    private static ApiReply json(int status, Object document) {
        return ApiReply.of(status, ApiReply.JSON, Documents.bytes(document)).header("Cache-Control", "no-store");
    }
}
