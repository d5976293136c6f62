package io.legion.discovery.service;

import io.legion.discovery.registry.Application;
import io.legion.discovery.registry.InstanceKey;
import io.legion.discovery.registry.Lease;
import io.legion.discovery.registry.Registration;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Instances of any applications, as an answer lists them.
///
/// A listing made of another one shares with it whatever is the same.
///
/// @param applications by name, in its order; none of them is empty
public record InstanceList(SortedMap<String, Application> applications) {
    /// Without applications.
    public static final InstanceList EMPTY = new InstanceList(Collections.emptySortedMap());

    /// The application of this name, an empty one if it is not here.
    public Application application(String name) {
        return applications.getOrDefault(name, Application.empty());
    }

    /// What is known of this instance.
    Registration registration(InstanceKey key) {
        return application(key.application()).registration(key.id());
    }

    /// This listing, with what was read of these instances.
    InstanceList with(Map<InstanceKey, Registration> read) {
        if (read.isEmpty()) {
            return this;
        }
        var byName = new HashMap<String, Map<String, Registration>>();
        read.forEach((key, registration) ->
                byName.computeIfAbsent(key.application(), _ -> new HashMap<>()).put(key.id(), registration));
        var next = new TreeMap<>(applications);
        byName.forEach((name, instances) -> put(next, name, application(name).with(instances)));
        return new InstanceList(Collections.unmodifiableSortedMap(next));
    }

    /// The instances, removed ones too, for whose lease the condition holds.
    InstanceList only(Predicate<Lease> condition) {
        var found = new TreeMap<String, Application>();
        applications.forEach((name, application) -> put(found, name, application.only(condition)));
        return new InstanceList(Collections.unmodifiableSortedMap(found));
    }

    private static void put(SortedMap<String, Application> to, String name, Application application) {
        if (application.isEmpty()) {
            to.remove(name);
        } else {
            to.put(name, application);
        }
    }

    /// All leases of instances that are in the registry.
    public Stream<Lease> leases() {
        return applications.values().stream().flatMap(application -> application.leases().values().stream());
    }

    /// All leases as they were when their instances were removed.
    public Stream<Lease> removed() {
        return applications.values().stream().flatMap(application -> application.removed().values().stream());
    }

    /// The keys of all instances, removed ones too.
    void forEach(Consumer<InstanceKey> to) {
        withRemoved().forEach(lease -> to.accept(lease.announced().key()));
    }

    /// How many bytes of memory the instances take, removed ones too.
    public long memory() {
        return withRemoved().mapToLong(lease -> lease.announced().memory()).sum();
    }

    /// How many instances have which status, as text: clients compare it to know that they have missed nothing.
    /// Each status with its number, in the order of the status names.
    public String hashCodeText() {
        var counts = new TreeMap<String, Integer>();
        leases().forEach(lease -> counts.merge(lease.status().name(), 1, Integer::sum));
        var text = new StringBuilder();
        counts.forEach(
                (status, count) -> text.append(status).append('_').append(count).append('_'));
        return text.toString();
    }

    /// The time of the earliest last change.
    long oldest() {
        return withRemoved().mapToLong(lease -> lease.times().changed()).min().orElse(Long.MAX_VALUE);
    }

    private Stream<Lease> withRemoved() {
        return Stream.concat(leases(), removed());
    }
}
