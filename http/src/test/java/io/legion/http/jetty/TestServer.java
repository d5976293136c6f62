package io.legion.http.jetty;

import io.legion.http.ApiReply;
import io.legion.http.ApiRequest;
import io.legion.http.Route;
import io.legion.http.Router;
import io.legion.service.Configuration;
import io.legion.service.Logger;
import io.legion.service.RecordingLogger;
import io.legion.service.RecordingMonitor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// A server at a free port, with a route that counts what is executed and gives back what it was sent.
final class TestServer implements AutoCloseable {
    final RecordingLogger logger = RecordingLogger.open();
    final RecordingMonitor monitor = RecordingMonitor.open();
    final AtomicInteger executed = new AtomicInteger();
    private final JettyHttpServer server;

    private TestServer(JettyHttpServer.Config config, List<Route> more, @Nullable Logger to) {
        var routes = new ArrayList<>(more);
        routes.add(new Route(
                "GET",
                "/connections",
                _ -> ApiReply.of(
                        200, "text/plain", String.valueOf(connections()).getBytes(StandardCharsets.UTF_8))));
        routes.add(new Route("GET", "/echo", this::echo));
        routes.add(new Route("PUT", "/echo", this::echo));
        routes.add(Route.anonymous("GET", "/anonymous", this::echo));
        routes.add(new Route("DELETE", "/nothing", _ -> ApiReply.of(204)));
        try {
            server = JettyHttpServer.open(config, new Router(routes), to == null ? logger : to, monitor);
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }

    static TestServer open(Map<String, ?> settings, Route... more) {
        return open(config(settings), more);
    }

    static TestServer open(JettyHttpServer.Config config, Route... more) {
        return new TestServer(config, List.of(more), null);
    }

    /// Logs to this logger, and not to the recording one.
    static TestServer logging(Logger to, Map<String, ?> settings) {
        return new TestServer(config(settings), List.of(), to);
    }

    static JettyHttpServer.Config config(Map<String, ?> settings) {
        var given = new HashMap<String, Object>(Map.of("port", 0));
        given.putAll(settings);
        return Configuration.defaults(JettyHttpServer.Config.class, given);
    }

    private ApiReply echo(ApiRequest request) {
        executed.incrementAndGet();
        var body = request.body().length == 0 ? "nothing".getBytes(StandardCharsets.UTF_8) : request.body();
        return ApiReply.of(200, "text/plain", body);
    }

    int port() {
        return server.port();
    }

    JettyHttpServer server() {
        return server;
    }

    int connections() {
        return (int) monitor.value("http.connections");
    }

    RawClient client() {
        return RawClient.connect(port());
    }

    /// What comes back for these bytes until the server closes.
    String raw(String text) {
        try (var client = client()) {
            return client.send(text).untilClosed();
        }
    }

    @Override
    public void close() {
        server.close();
        logger.close();
    }
}
