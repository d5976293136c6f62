package io.legion.discovery;

import io.legion.admin.HealthApi;
import io.legion.discovery.answer.ListReplies;
import io.legion.discovery.eureka.EurekaApi;
import io.legion.discovery.plain.ServiceApi;
import io.legion.discovery.plain.Watchers;
import io.legion.discovery.service.Capacity;
import io.legion.discovery.service.RegistryMeters;
import io.legion.discovery.service.Snapshots;
import io.legion.discovery.service.Sweeper;
import io.legion.discovery.status.ApplicationsPage;
import io.legion.http.Route;
import io.legion.http.jetty.JettyHttpServer;
import io.legion.service.Configuration;
import io.legion.service.RecordingLogger;
import io.legion.service.RecordingMonitor;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/// The registry's HTTP interface on partitions in memory, at a free port.
public final class TestRegistry implements AutoCloseable {
    public final InMemoryApplications applications;
    public final Snapshots snapshots;
    public final Watchers watchers;
    public final RecordingLogger logger = RecordingLogger.open();
    public final RecordingMonitor monitor = RecordingMonitor.open();
    public final ScriptedHealth health = new ScriptedHealth();
    public final List<Route> routes = new ArrayList<>();
    private final JettyHttpServer server;
    private final HttpClient client = HttpClient.newHttpClient();
    private final LongSupplier clock;

    public TestRegistry(LongSupplier clock) throws IOException {
        this(clock, limits(), watching(2));
    }

    public TestRegistry(LongSupplier clock, JettyHttpServer.Config http, Watchers.Config watching) throws IOException {
        this.clock = clock;
        applications = new InMemoryApplications(clock);
        snapshots = new Snapshots(applications, Duration.ZERO, clock);
        watchers = Watchers.open(watching, snapshots, logger, monitor);
        var capacity = new Capacity(0.25, applications, snapshots);
        var answers = new ListReplies();
        routes.addAll(new EurekaApi(applications, snapshots, capacity, answers, health).routes());
        routes.addAll(new ServiceApi(applications, snapshots, capacity, answers, watchers).routes());
        var meters = new RegistryMeters(snapshots, health, clock, monitor);
        routes.addAll(new HealthApi(health, () -> {
                    meters.look();
                    return "scraped\n";
                })
                .routes());
        routes.addAll(new ApplicationsPage(snapshots, health, clock, Optional.of(URI.create("http://127.0.0.1:9761")))
                .routes());
        server = JettyHttpServer.open(http, Registry.router(routes), logger, monitor);
    }

    public static JettyHttpServer.Config limits() {
        return Configuration.defaults(JettyHttpServer.Config.class, Map.of("port", 0));
    }

    public static Watchers.Config watching(int maximumWatchers) {
        return new Watchers.Config(
                Duration.ofMillis(10), maximumWatchers, 100, 100, Duration.ofMinutes(10), Duration.ofSeconds(10));
    }

    public Sweeper sweeper(Sweeper.Config config) {
        return Sweeper.open(config, applications, snapshots, clock, logger, monitor);
    }

    public int port() {
        return server.port();
    }

    public URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }

    public HttpResponse<String> send(String method, String path, String body, String... headers) {
        var request = HttpRequest.newBuilder(uri(path)).method(method, HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException failure) {
            throw new AssertionError(failure);
        }
    }

    public HttpResponse<String> get(String path) {
        return send("GET", path, "", "Accept", "application/json");
    }

    @Override
    public void close() {
        watchers.close();
        server.close();
        client.close();
        logger.close();
    }
}
