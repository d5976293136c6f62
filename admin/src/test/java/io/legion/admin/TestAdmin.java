package io.legion.admin;

import io.legion.Legion;
import io.legion.http.Authentication;
import io.legion.http.HttpTls;
import io.legion.service.Configuration;
import io.legion.service.LogThreshold;
import io.legion.service.Logger;
import io.legion.service.Monitor;
import io.legion.service.RecordingLogger;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An admin service at a free port, and a client of it.
public final class TestAdmin implements AutoCloseable {
    /// Jetty warns of clients' faults. Kept, because a logger without a reference forgets its level.
    private static final java.util.logging.Logger ENGINE = java.util.logging.Logger.getLogger("org.eclipse.jetty");

    static {
        ENGINE.setLevel(java.util.logging.Level.SEVERE);
    }

    private static final int NO_PACE = 1_000_000;

    public final RecordingLogger logger = RecordingLogger.open();
    private final Admin admin;
    private final HttpClient client = HttpClient.newHttpClient();

    private TestAdmin(Admin.Config config, Legion legion, @Nullable LogThreshold threshold) {
        logger.allow(Logger.Priority.INFO, "");
        try {
            admin = Admin.open(config, legion, () -> "scraped 1\n", logger, threshold, Monitor.none());
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }

    public static TestAdmin open(Legion legion) {
        return new TestAdmin(Admin.Config.at(0), legion, null);
    }

    /// One that waits no longer than this for what a node is asked.
    static TestAdmin open(Legion legion, Duration patience) {
        var config = Configuration.defaults(Admin.Config.class, Map.of("port", 0, "patience", patience));
        return new TestAdmin(config, legion, null);
    }

    /// One that looks at requests as they come.
    static TestAdmin openWithoutPace(Legion legion) {
        return new TestAdmin(withoutPace(), legion, null);
    }

    static Admin.Config withoutPace() {
        return Configuration.defaults(
                Admin.Config.class,
                Map.of("port", 0, "maximumRequestsPerSecond", NO_PACE, "maximumConnectionsPerSecond", NO_PACE));
    }

    static TestAdmin open(Legion legion, LogThreshold threshold) {
        return new TestAdmin(Admin.Config.at(0), legion, threshold);
    }

    static TestAdmin open(Legion legion, @Nullable HttpTls tls, @Nullable Authentication authentication) {
        return new TestAdmin(config(tls, authentication), legion, null);
    }

    static Admin.Config config(@Nullable HttpTls tls, @Nullable Authentication authentication) {
        var given = new HashMap<String, Object>(Map.of("port", 0));
        if (tls != null) {
            given.put("tls", tls);
        }
        if (authentication != null) {
            given.put("authentication", authentication);
        }
        return Configuration.defaults(Admin.Config.class, given);
    }

    public int port() {
        return admin.port();
    }

    public HttpResponse<String> get(String path, String... headers) {
        return send("GET", path, "", headers);
    }

    /// An order.
    public HttpResponse<String> order(String path, String body) {
        return send("POST", path, body, "Legion-Act", "yes");
    }

    public HttpResponse<String> send(String method, String path, String body, String... headers) {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + admin.port() + path))
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException failure) {
            throw new AssertionError(failure);
        }
    }

    @Override
    public void close() {
        client.close();
        admin.close();
        logger.close();
    }
}
