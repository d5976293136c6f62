package io.legion.discovery.registry;

import io.legion.core.PartitionType;
import io.legion.core.Tag;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The state of one application: the leases of its instances, and those removed lately, by instance id.
///
/// Clients that follow the registry ask what changed lately. The leases of living instances know when they
/// changed; of the others, `removed` keeps the last word for a while, so that the answer is right on every node
/// and after every restart.
///
/// @param leases the instances
/// @param removed instances that were cancelled or expired; `times.changed` says when
public record Application(SortedMap<String, Lease> leases, SortedMap<String, Lease> removed) {
    /// The most instances of one application. Its state is one value, written at each event.
    public static final int MAX_INSTANCES = 1000;

    /// How long removed instances are kept, in milliseconds: as long as Eureka's delta reaches back.
    public static final long KEEP_REMOVED_MILLIS = 180_000;

    /// How many removed instances are kept. A client that missed more sees it by the hash code and fetches all.
    public static final int MAX_REMOVED = 200;

    /// The tag of every application that has instances or removed ones.
    public static final Tag PRESENT = Tag.of("application");

    private static final Application EMPTY =
            new Application(Collections.emptySortedMap(), Collections.emptySortedMap());

    /// The partition type; a partition's key is the application's name in upper case.
    public static final PartitionType<Application> TYPE = PartitionType.named("application", EMPTY)
            .events(ApplicationEvent.class)
            .index(Application::tags);

    /// The application before anybody registered.
    public static Application empty() {
        return EMPTY;
    }

    /// True if nobody needs to look at the partition: no instance, and none removed.
    public boolean isEmpty() {
        return leases.isEmpty() && removed.isEmpty();
    }

    /// The lease of this instance, or null.
    public @Nullable Lease lease(String id) {
        return leases.get(id);
    }

    /// True if the state holds something that [Expire] would remove.
    public boolean isStale(long now) {
        return leases.values().stream().anyMatch(lease -> lease.isOverdue(now))
                || removed.values().stream().anyMatch(lease -> isForgotten(lease, now));
    }

    /// The tag that finds an application with this virtual address.
    public static Tag vip(String vip) {
        return Tag.of("vip", vip);
    }

    /// The tag that finds an application with this secure virtual address.
    public static Tag secureVip(String vip) {
        return Tag.of("secure-vip", vip);
    }

    /// The tag that finds an application with this instance.
    public static Tag instance(String id) {
        return Tag.of("instance", id);
    }

    Application with(String id, Lease lease, long now) {
        var next = new TreeMap<>(leases);
        next.put(id, lease);
        return new Application(Collections.unmodifiableSortedMap(next), kept(removed, now, gone -> !gone.equals(id)));
    }

    Application without(Set<String> ids, long now) {
        var left = new TreeMap<>(leases);
        var gone = new TreeMap<>(removed);
        for (var id : ids) {
            var lease = left.remove(id);
            if (lease != null) {
                gone.put(id, lease.removedAt(now));
            }
        }
        return new Application(Collections.unmodifiableSortedMap(left), kept(gone, now, _ -> true));
    }

    private static SortedMap<String, Lease> kept(SortedMap<String, Lease> removed, long now, Predicate<String> wanted) {
        if (removed.isEmpty()) {
            return Collections.emptySortedMap();
        }
        var kept = new TreeMap<>(removed);
        kept.entrySet().removeIf(e -> !wanted.test(e.getKey()) || isForgotten(e.getValue(), now));
        kept.entrySet().stream()
                .sorted(Comparator.comparingLong((Map.Entry<String, Lease> e) ->
                                e.getValue().times().changed())
                        .reversed())
                .skip(MAX_REMOVED)
                .map(Map.Entry::getKey)
                .toList()
                .forEach(kept::remove);
        return Collections.unmodifiableSortedMap(kept);
    }

    private static boolean isForgotten(Lease lease, long now) {
        return lease.times().changed() + KEEP_REMOVED_MILLIS < now;
    }

    private static Set<Tag> tags(Application application) {
        var tags = new HashSet<Tag>();
        if (!application.isEmpty()) {
            tags.add(PRESENT);
        }
        application.leases.forEach((id, lease) -> {
            tags.add(instance(id));
            lease.announced().vipList().forEach(vip -> tags.add(vip(vip)));
            lease.announced().secureVipList().forEach(vip -> tags.add(secureVip(vip)));
        });
        return tags;
    }
}
