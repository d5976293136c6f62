package io.legion.discovery.registry;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The instances of one application, as they were read: by instance id, in its order.
///
/// @param leases those in the registry
/// @param removed those removed lately; a reading of one application leaves them out
public record Application(SortedMap<String, Lease> leases, SortedMap<String, Lease> removed) {
    private static final Application EMPTY =
            new Application(Collections.emptySortedMap(), Collections.emptySortedMap());

    /// Without instances.
    public static Application empty() {
        return EMPTY;
    }

    /// True if nothing of it is known.
    public boolean isEmpty() {
        return leases.isEmpty() && removed.isEmpty();
    }

    /// The lease of this instance, or null.
    public @Nullable Lease lease(String id) {
        return leases.get(id);
    }

    /// How many bytes of memory its instances take.
    public long memory() {
        return leases.values().stream()
                .mapToLong(lease -> lease.announced().memory())
                .sum();
    }

    /// What is known of this instance.
    public Registration registration(String id) {
        var lease = leases.get(id);
        if (lease != null) {
            return new Registration.Listed(lease);
        }
        var gone = removed.get(id);
        return gone == null ? Registrations.ABSENT : new Registration.Removed(gone);
    }

    /// This application, with what was read of these instances.
    public Application with(Map<String, Registration> read) {
        var left = new TreeMap<>(leases);
        var gone = new TreeMap<>(removed);
        read.forEach((id, registration) -> {
            left.remove(id);
            gone.remove(id);
            switch (registration) {
                case Registration.Absent _ -> {}
                case Registration.Listed(var lease) -> left.put(id, lease);
                case Registration.Removed(var lease) -> gone.put(id, lease);
            }
        });
        return new Application(Collections.unmodifiableSortedMap(left), Collections.unmodifiableSortedMap(gone));
    }

    /// The instances, removed ones too, for whose lease the condition holds.
    public Application only(Predicate<Lease> condition) {
        return new Application(only(leases, condition), only(removed, condition));
    }

    private static SortedMap<String, Lease> only(SortedMap<String, Lease> of, Predicate<Lease> condition) {
        var found = new TreeMap<String, Lease>();
        of.forEach((id, lease) -> {
            if (condition.test(lease)) {
                found.put(id, lease);
            }
        });
        return Collections.unmodifiableSortedMap(found);
    }
}
