package io.legion.discovery;

import io.legion.Legion;
import io.legion.admin.Admin;
import io.legion.admin.Health;
import io.legion.admin.HealthApi;
import io.legion.admin.LegionHealth;
import io.legion.discovery.answer.ListReplies;
import io.legion.discovery.eureka.EurekaApi;
import io.legion.discovery.plain.ServiceApi;
import io.legion.discovery.plain.Watchers;
import io.legion.discovery.process.ConnectionBound;
import io.legion.discovery.process.FileHandles;
import io.legion.discovery.registry.Registrations;
import io.legion.discovery.service.Capacity;
import io.legion.discovery.service.LegionApplications;
import io.legion.discovery.service.RegistryMeters;
import io.legion.discovery.service.Snapshots;
import io.legion.discovery.service.Sweeper;
import io.legion.discovery.service.UnavailableException;
import io.legion.discovery.status.ApplicationsPage;
import io.legion.http.ApiReply;
import io.legion.http.Route;
import io.legion.http.Router;
import io.legion.http.jetty.JettyHttpServer;
import io.legion.service.ConfigurationException;
import io.legion.service.LogThreshold;
import io.legion.service.Logger;
import io.legion.service.Managed;
import io.legion.service.Monitor;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.stream.Stream;

/// The registry of a node: what stands between Legion and HTTP.
///
/// @param threshold of the logger
/// @param scrape all meters of the node, in the text format of Prometheus
/// @param handles what bounds the number of connections
record Registry(
        NodeConfig config,
        Legion legion,
        LongSupplier clock,
        Logger logger,
        LogThreshold threshold,
        Monitor monitor,
        Supplier<String> scrape,
        FileHandles handles) {
    /// Kept, because a logger without a reference forgets its level.
    private static final java.util.logging.Logger ENGINE = java.util.logging.Logger.getLogger("org.eclipse.jetty");

    /// The watchers, the sweeper, the admin service and the HTTP server on this Legion, in this order.
    Managed<ServedPages> serving() {
        var applications = new LegionApplications(
                legion.partitions(Registrations.TYPE), config.registry().consistency());
        var snapshots = new Snapshots(applications, config.registry().maximumAge(), clock);
        var health = new LegionHealth(legion);
        var meters = new RegistryMeters(snapshots, health, clock, monitor);
        Supplier<String> looking = () -> {
            meters.look();
            return scrape.get();
        };
        return Managed.of(() -> Watchers.open(config.watch(), snapshots, logger, monitor))
                .flatMap(watchers -> Managed.of(
                                () -> Sweeper.open(config.leases(), applications, snapshots, clock, logger, monitor))
                        .flatMap(_ -> dashboard(looking))
                        .flatMap(dashboard -> Managed.of(() -> serve(
                                        router(routes(applications, snapshots, watchers, health, looking, dashboard))))
                                .flatMap(
                                        http -> // closed before the server: who asks last hears that the node closes
                                        Managed.of(() -> health).map(_ -> new ServedPages(http, dashboard)))));
    }

    private Managed<Optional<URI>> dashboard(Supplier<String> looking) {
        var admin = config.admin();
        return admin == null
                ? Managed.pure(Optional.empty())
                : Managed.of(() -> openAdmin(admin, looking)).map(open -> Optional.of(open.uri()));
    }

    private Admin openAdmin(Admin.Config admin, Supplier<String> looking) throws IOException {
        quietenEngine();
        try {
            return Admin.open(admin, legion, looking, logger, threshold, monitor);
        } catch (IllegalArgumentException wrong) {
            throw new ConfigurationException("\"admin\": " + wrong.getMessage(), wrong);
        }
    }

    private List<Route> routes(
            LegionApplications applications,
            Snapshots snapshots,
            Watchers watchers,
            Health health,
            Supplier<String> looking,
            Optional<URI> dashboard) {
        var capacity = new Capacity(config.registry().heapShare(), applications, snapshots);
        var answers = new ListReplies();
        return Stream.of(
                        new EurekaApi(applications, snapshots, capacity, answers, health).routes(),
                        new ServiceApi(applications, snapshots, capacity, answers, watchers).routes(),
                        new HealthApi(health, looking).routes(),
                        new ApplicationsPage(snapshots, health, clock, dashboard).routes())
                .flatMap(List::stream)
                .toList();
    }

    /// These routes, with 503 for what the registry cannot do now.
    static Router router(List<Route> routes) {
        return new Router(routes)
                .refusing(
                        UnavailableException.class,
                        later -> ApiReply.refusal(503, String.valueOf(later.getMessage()))
                                .header("Retry-After", "1"));
    }

    /// @throws IOException if it cannot listen, or if the process has too few file handles
    private JettyHttpServer serve(Router router) throws IOException {
        quietenEngine();
        var http = config.http();
        var bounded = http.withMaximumConnections(new ConnectionBound(handles, logger).of(http.maximumConnections()));
        try {
            return JettyHttpServer.open(bounded, router, logger, monitor);
        } catch (IllegalArgumentException wrong) {
            throw new ConfigurationException("\"http\": " + wrong.getMessage(), wrong);
        }
    }

    /// Jetty would tell of its own life, which the node does by itself, and of each client's faults without
    /// end.
    private static void quietenEngine() {
        ENGINE.setLevel(Level.SEVERE);
    }
}
