package io.legion.discovery.service;

import io.legion.discovery.registry.Application;
import io.legion.discovery.registry.Lease;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;

/// All applications, each as it was at about the same time.
///
/// @param applications in the order of their names
/// @param takenMillis when, by this node's clock
/// @param number counts this node's snapshots: of two, the one with the larger number is not older
public record Snapshot(List<Named> applications, long takenMillis, long number) {
    /// Before anything was registered.
    public static final Snapshot NOTHING = new Snapshot(List.of(), 0, 0);

    /// An application with its name.
    public record Named(String name, Application state) {}

    /// How many instances there are.
    public long instances() {
        return leases().count();
    }

    /// How many instances are overdue.
    public long overdue(long now) {
        return leases().filter(lease -> lease.isOverdue(now)).count();
    }

    /// How many instances have which status, as text: clients compare it to know that they have missed nothing.
    public String hashCodeText() {
        return hashCodeText(leases().toList());
    }

    /// The text for these instances: each status with its number, in the order of the status names.
    public static String hashCodeText(Collection<Lease> leases) {
        var counts = new TreeMap<String, Integer>();
        for (var lease : leases) {
            counts.merge(lease.status().name(), 1, Integer::sum);
        }
        var text = new StringBuilder();
        counts.forEach(
                (status, count) -> text.append(status).append('_').append(count).append('_'));
        return text.toString();
    }

    /// The time of the latest change, 0 if there is none: a version of the registry.
    public long version() {
        return applications.stream()
                .flatMap(named -> Stream.concat(
                        named.state().leases().values().stream(), named.state().removed().values().stream()))
                .mapToLong(lease -> lease.times().changed())
                .max()
                .orElse(0);
    }

    /// All leases, those of one application after those of another.
    public Stream<Lease> leases() {
        return applications.stream().flatMap(named -> named.state().leases().values().stream());
    }
}
