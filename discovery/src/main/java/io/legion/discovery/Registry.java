package io.legion.discovery;

import io.legion.Legion;
import io.legion.discovery.answer.Answers;
import io.legion.discovery.eureka.EurekaApi;
import io.legion.discovery.http.HttpServer;
import io.legion.discovery.http.Router;
import io.legion.discovery.plain.ServiceApi;
import io.legion.discovery.plain.Watchers;
import io.legion.discovery.registry.Registrations;
import io.legion.discovery.service.Capacity;
import io.legion.discovery.service.LegionApplications;
import io.legion.discovery.service.Snapshots;
import io.legion.discovery.service.Sweeper;
import io.legion.service.Logger;
import io.legion.service.Managed;
import io.legion.service.Monitor;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/// The registry of a node: what stands between Legion and HTTP.
final class Registry {
    private Registry() {}

    /// The watchers, the sweeper and the HTTP server on this Legion, in this order.
    static Managed<HttpServer> of(
            NodeConfig config, Legion legion, LongSupplier clock, Logger logger, Monitor monitor) {
        var applications = new LegionApplications(
                legion.partitions(Registrations.TYPE), config.registry().consistency());
        var snapshots = new Snapshots(applications, config.registry().maximumAge(), clock);
        var capacity = new Capacity(config.registry().heapShare(), applications, snapshots);
        var answers = new Answers();
        var eureka = new EurekaApi(applications, snapshots, capacity, answers);
        return Managed.of(() -> Watchers.open(config.watch(), snapshots, logger, monitor))
                .flatMap(watchers -> Managed.of(
                                () -> Sweeper.open(config.leases(), applications, snapshots, clock, logger, monitor))
                        .flatMap(_ -> {
                            var plain = new ServiceApi(applications, snapshots, capacity, answers, watchers, clock);
                            var routes = Stream.concat(eureka.routes().stream(), plain.routes().stream())
                                    .toList();
                            return Managed.of(
                                    () -> HttpServer.open(config.http(), new Router(routes), logger, monitor));
                        }));
    }
}
