package io.legion.benchmarks.cluster.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.http.ApiReply;
import io.legion.http.ApiRequest;
import io.legion.http.Route;
import io.legion.http.Router;
import io.legion.http.jetty.JettyHttpServer;
import io.legion.service.Configuration;
import io.legion.service.Monitor;
import io.legion.service.RecordingLogger;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// A server with the routes that are asked of an admin service, which keeps what it was asked.
final class AskedAdmin implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String CLUSTER = """
            {"copies": {"complete": 2, "underWay": 1}, "shards": {"STOPPED": 0, "NO_MAJORITY": 0, "NOT_KNOWN": 0, \
            "DIVERGENT": 0, "WAITING": 2, "FROZEN": 3, "COPYING": 1, "SERVING": 9}}""";

    private final BlockingQueue<String> asked = new LinkedBlockingQueue<>();
    private final JettyHttpServer server;

    private AskedAdmin(int statusOfLoad) throws IOException {
        var routes = List.of(
                route("/cluster", 200, CLUSTER),
                route("/shards", 200, "{}"),
                route("/load", statusOfLoad, "{}"),
                route("/timeline", 200, "{\"next\": 7}"),
                route("/metrics", 200, ""));
        var config = Configuration.defaults(JettyHttpServer.Config.class, Map.of("port", 0));
        server = JettyHttpServer.open(config, new Router(routes), RecordingLogger.open(), Monitor.none());
    }

    static AskedAdmin open() throws IOException {
        return new AskedAdmin(200);
    }

    /// One that gives this status to whoever asks for the load.
    static AskedAdmin withStatusOfLoad(int status) throws IOException {
        return new AskedAdmin(status);
    }

    private Route route(String path, int status, String body) {
        return new Route("GET", path, request -> {
            asked.add(path + query(request));
            return ApiReply.of(status, ApiReply.JSON, body.getBytes(StandardCharsets.UTF_8));
        });
    }

    private static String query(ApiRequest request) {
        var pairs = new ArrayList<String>();
        for (var name : List.of("state", "after", "limit")) {
            request.query(name).ifPresent(value -> pairs.add(name + "=" + value));
        }
        return pairs.isEmpty() ? "" : "?" + String.join("&", pairs);
    }

    URI uri() {
        return server.uri();
    }

    /// Everything that was asked until this.
    List<String> askedUntil(String last) throws InterruptedException {
        var all = new ArrayList<String>();
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!all.contains(last)) {
            var next = asked.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            assertThat(next).as(last + " was not asked, but " + all).isNotNull();
            all.add(next);
        }
        return all;
    }

    @Override
    public void close() {
        server.close();
    }
}
