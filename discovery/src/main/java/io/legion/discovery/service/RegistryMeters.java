package io.legion.discovery.service;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import io.legion.admin.Health;
import io.legion.discovery.registry.Lease;
import io.legion.discovery.registry.Status;
import io.legion.service.Monitor;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.ToDoubleFunction;

/// What the registry holds, as meters. They show what the last [#look()] saw: to count takes a pass over the
/// registry, which whoever reads a meter must not have to wait for.
///
/// **Threads.** Any.
public final class RegistryMeters {
    private final Snapshots snapshots;
    private final Health health;
    private final LongSupplier clockMillis;
    private final Monitor.Gauge applications;
    private final Map<Status, Monitor.Gauge> instances = new EnumMap<>(Status.class);
    private final Monitor.Gauge overdue;
    private final Monitor.Gauge ready;

    /// They belong to the monitor, and go when it closes.
    public RegistryMeters(Snapshots snapshots, Health health, LongSupplier clockMillis, Monitor monitor) {
        this.snapshots = snapshots;
        this.health = health;
        this.clockMillis = clockMillis;
        this.applications = monitor.gauge("discovery.applications");
        for (var status : Status.values()) {
            instances.put(status, monitor.tagged("status", status.name()).gauge("discovery.instances"));
        }
        this.overdue = monitor.gauge("discovery.leases.overdue");
        this.ready = monitor.gauge("discovery.ready");
    }

    /// Counts anew. While the registry cannot be read, its numbers are not numbers.
    public void look() {
        ready.set(health.reasonsAgainst().isEmpty() ? 1 : 0);
        long now = clockMillis.getAsLong();
        try {
            var snapshot = snapshots.renewed(now);
            applications.set(snapshot.applications().size());
            overdue.set((double) snapshot.all()
                    .leases()
                    .filter(lease -> lease.isOverdue(now))
                    .count());
            var counted = snapshot.all().leases().collect(groupingBy(Lease::status, counting()));
            instances(status -> counted.getOrDefault(status, 0L));
        } catch (UnavailableException unreadable) {
            applications.set(Double.NaN);
            overdue.set(Double.NaN);
            instances(_ -> Double.NaN);
        }
    }

    private void instances(ToDoubleFunction<Status> count) {
        instances.forEach((status, gauge) -> gauge.set(count.applyAsDouble(status)));
    }
}
