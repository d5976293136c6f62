package io.legion.discovery;

import io.legion.Legion;
import io.legion.discovery.answer.ListReplies;
import io.legion.discovery.eureka.EurekaApi;
import io.legion.discovery.plain.ServiceApi;
import io.legion.discovery.plain.Watchers;
import io.legion.discovery.registry.Registrations;
import io.legion.discovery.service.Capacity;
import io.legion.discovery.service.LegionApplications;
import io.legion.discovery.service.Snapshots;
import io.legion.discovery.service.Sweeper;
import io.legion.discovery.service.UnavailableException;
import io.legion.http.ApiReply;
import io.legion.http.HttpServer;
import io.legion.http.JettyHttpServer;
import io.legion.http.Route;
import io.legion.http.Router;
import io.legion.service.ConfigurationException;
import io.legion.service.Logger;
import io.legion.service.Managed;
import io.legion.service.Monitor;
import java.io.IOException;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.logging.Level;
import java.util.stream.Stream;

/// The registry of a node: what stands between Legion and HTTP.
final class Registry {
    /// Kept, because a logger without a reference forgets its level.
    private static final java.util.logging.Logger ENGINE = java.util.logging.Logger.getLogger("org.eclipse.jetty");

    private Registry() {}

    /// The watchers, the sweeper and the HTTP server on this Legion, in this order.
    static Managed<? extends HttpServer> of(
            NodeConfig config, Legion legion, LongSupplier clock, Logger logger, Monitor monitor) {
        var applications = new LegionApplications(
                legion.partitions(Registrations.TYPE), config.registry().consistency());
        var snapshots = new Snapshots(applications, config.registry().maximumAge(), clock);
        var capacity = new Capacity(config.registry().heapShare(), applications, snapshots);
        var answers = new ListReplies();
        var eureka = new EurekaApi(applications, snapshots, capacity, answers);
        return Managed.of(() -> Watchers.open(config.watch(), snapshots, logger, monitor))
                .flatMap(watchers -> Managed.of(
                                () -> Sweeper.open(config.leases(), applications, snapshots, clock, logger, monitor))
                        .flatMap(_ -> {
                            var plain = new ServiceApi(applications, snapshots, capacity, answers, watchers);
                            var routes = Stream.concat(eureka.routes().stream(), plain.routes().stream())
                                    .toList();
                            return Managed.of(() -> serve(config.http(), router(routes), logger, monitor));
                        }));
    }

    /// These routes, with 503 for what the registry can not do now.
    static Router router(List<Route> routes) {
        return new Router(routes)
                .refusing(
                        UnavailableException.class,
                        later -> ApiReply.refusal(503, String.valueOf(later.getMessage()))
                                .header("Retry-After", "1"));
    }

    private static JettyHttpServer serve(JettyHttpServer.Config config, Router router, Logger logger, Monitor monitor)
            throws IOException {
        // Jetty would tell of its own life, which the node does by itself, and of each client's faults without end.
        ENGINE.setLevel(Level.SEVERE);
        try {
            return JettyHttpServer.open(config, router, logger, monitor);
        } catch (IllegalArgumentException wrong) {
            throw new ConfigurationException("\"http\": " + wrong.getMessage(), wrong);
        }
    }
}
