package io.legion.discovery;

import io.legion.Legion;
import io.legion.discovery.eureka.EurekaApi;
import io.legion.discovery.http.HttpServer;
import io.legion.discovery.http.Route;
import io.legion.discovery.http.Router;
import io.legion.discovery.plain.ServiceApi;
import io.legion.discovery.plain.Watchers;
import io.legion.discovery.registry.Application;
import io.legion.discovery.service.Health;
import io.legion.discovery.service.LegionApplications;
import io.legion.discovery.service.LegionHealth;
import io.legion.discovery.service.RegistryMeters;
import io.legion.discovery.service.Snapshots;
import io.legion.discovery.service.Sweeper;
import io.legion.discovery.status.ApplicationsPage;
import io.legion.discovery.status.StatusApi;
import io.legion.service.Logger;
import io.legion.service.Managed;
import io.legion.service.Monitor;
import io.legion.spi.Cluster;
import java.io.IOException;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// The registry of a node: what stands between Legion and HTTP.
///
/// @param scrape all meters of the node, in the text format of Prometheus
/// @param handles what bounds the number of connections
record Registry(
        NodeConfig config,
        Legion legion,
        Cluster cluster,
        LongSupplier clock,
        Logger logger,
        Monitor monitor,
        Supplier<String> scrape,
        FileHandles handles) {

    /// The watchers, the sweeper and the HTTP server on this Legion, in this order.
    Managed<HttpServer> serving() {
        var applications = new LegionApplications(
                legion.partitions(Application.TYPE), config.registry().consistency());
        var snapshots = new Snapshots(applications, config.registry().maximumAge(), clock);
        return Managed.of(() -> Watchers.open(config.watch(), snapshots, logger, monitor))
                .flatMap(watchers -> Managed.of(
                                () -> Sweeper.open(config.leases(), applications, snapshots, clock, logger, monitor))
                        .flatMap(_ -> {
                            var router = new Router(routes(applications, snapshots, watchers));
                            return Managed.of(() -> HttpServer.open(bounded(config.http()), router, logger, monitor));
                        }));
    }

    /// @throws IOException if the process has too few file handles
    private HttpServer.Config bounded(HttpServer.Config http) throws IOException {
        return http.withMaximumConnections(new ConnectionBound(handles, logger).of(http.maximumConnections()));
    }

    private List<Route> routes(LegionApplications applications, Snapshots snapshots, Watchers watchers) {
        Health health = new LegionHealth(legion, cluster);
        var meters = new RegistryMeters(snapshots, health, clock, monitor);
        return Stream.of(
                        new EurekaApi(applications, snapshots, health).routes(),
                        new ServiceApi(applications, snapshots, watchers, clock).routes(),
                        new StatusApi(health, meters, scrape).routes(),
                        new ApplicationsPage(snapshots, health, clock).routes())
                .flatMap(List::stream)
                .toList();
    }
}
