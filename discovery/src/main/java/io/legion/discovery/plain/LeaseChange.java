package io.legion.discovery.plain;

import io.legion.discovery.registry.Lease;
import io.legion.discovery.registry.Version;
import io.legion.discovery.service.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/// Something that watchers hear of.
///
/// @param kind what happened
/// @param service the service's name
/// @param id the instance
/// @param lease the instance as it is now, or as it was when it was removed
record LeaseChange(Kind kind, String service, String id, Lease lease) {
    /// What happened.
    enum Kind {
        ADDED,
        CHANGED,
        REMOVED
    }

    /// All of a snapshot, as if it had just been added.
    static List<LeaseChange> all(Snapshot snapshot, Predicate<String> services) {
        return between(Snapshot.NOTHING, snapshot, services);
    }

    /// The differences between two snapshots in the wanted services. Renewals are no difference.
    static List<LeaseChange> between(Snapshot before, Snapshot after, Predicate<String> services) {
        var old = byName(before, services);
        var next = byName(after, services);
        var changes = new ArrayList<LeaseChange>();
        next.forEach((service, leases) -> compare(changes, service, old.getOrDefault(service, Map.of()), leases));
        old.forEach((service, leases) -> {
            if (!next.containsKey(service)) {
                compare(changes, service, leases, Map.of());
            }
        });
        return changes;
    }

    @SuppressWarnings("ReferenceEquality") // the same object is known to be equal without looking at its leases
    private static void compare(
            List<LeaseChange> to, String service, Map<String, Lease> before, Map<String, Lease> after) {
        if (before == after) {
            return;
        }
        after.forEach((id, lease) -> {
            var known = before.get(id);
            if (known == null) {
                to.add(new LeaseChange(Kind.ADDED, service, id, lease));
            } else if (known != lease && !Version.listed(known).equals(Version.listed(lease))) {
                to.add(new LeaseChange(Kind.CHANGED, service, id, lease));
            }
        });
        before.forEach((id, lease) -> {
            if (!after.containsKey(id)) {
                to.add(new LeaseChange(Kind.REMOVED, service, id, lease));
            }
        });
    }

    private static Map<String, Map<String, Lease>> byName(Snapshot snapshot, Predicate<String> services) {
        var map = new TreeMap<String, Map<String, Lease>>();
        snapshot.applications().forEach((name, application) -> {
            if (services.test(name)) {
                map.put(name, application.leases());
            }
        });
        return map;
    }
}
