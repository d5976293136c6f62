package io.legion.benchmarks.cluster.subject;

import io.legion.admin.Admin;
import io.legion.benchmarks.cluster.load.Counters;
import io.legion.service.Logger;
import io.legion.service.Managed;
import io.legion.service.MicrometerMonitor;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.URI;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Counters in Legion at a node that operators watch: its meters are in a registry of Prometheus, with the
/// buckets that its alert rules and dashboards want, and it has an admin service.
final class WatchedCounters implements Counters {
    private static final MicrometerMonitor.Config METERS = new MicrometerMonitor.Config(true);

    private final PrometheusMeterRegistry registry;
    private final LegionCounters counters;
    private final Logger logger;
    private final AtomicReference<Managed.@Nullable Scope<Admin>> admin = new AtomicReference<>();

    private WatchedCounters(PrometheusMeterRegistry registry, LegionCounters counters, Logger logger) {
        this.registry = registry;
        this.counters = counters;
        this.logger = logger;
    }

    /// Starts a node, and waits until every shard has a copy on every node.
    static WatchedCounters open(NodeOfLegion node, Logger logger) {
        var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        return new WatchedCounters(registry, LegionCounters.open(node, METERS, registry, logger), logger);
    }

    @Override
    public URI openAdmin() {
        var opened = Managed.of(() -> MicrometerMonitor.open(METERS, registry))
                .flatMap(monitor -> Managed.of(
                        () -> Admin.open(Admin.Config.at(0), counters.legion(), registry::scrape, logger, monitor)))
                .open();
        close(admin.getAndSet(opened));
        return opened.handle().uri();
    }

    @Override
    public void closeAdmin() {
        close(admin.getAndSet(null));
    }

    private static void close(Managed.@Nullable Scope<Admin> opened) {
        if (opened != null) {
            opened.close();
        }
    }

    @Override
    public long increment(String key) {
        return counters.increment(key);
    }

    @Override
    public long read(String key) {
        return counters.read(key);
    }

    @Override
    public void close() {
        closeAdmin();
        counters.close();
        registry.close();
    }
}
