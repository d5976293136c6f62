package io.legion.discovery.registry;

import io.legion.core.PartitionType;
import io.legion.core.Tag;
import java.util.HashSet;
import java.util.Set;

/// The partitions of the instances: their type, and the tags that find them.
public final class Registrations {
    /// The state before the first event.
    public static final Registration ABSENT = new Registration.Absent();

    /// The partition type; a partition's key is that of an [InstanceKey].
    public static final PartitionType<Registration> TYPE = PartitionType.named("instance", ABSENT)
            .events(RegistrationEvent.class)
            .index(Registrations::tags);

    private Registrations() {}

    /// The tag of all instances of this application.
    public static Tag application(String name) {
        return Tag.of("application", name);
    }

    /// The tag of all instances with this virtual address.
    public static Tag vip(String vip) {
        return Tag.of("vip", vip);
    }

    /// The tag of all instances with this secure virtual address.
    public static Tag secureVip(String vip) {
        return Tag.of("secure-vip", vip);
    }

    /// The tag of the instances with this id, of whatever application.
    public static Tag instance(String id) {
        return Tag.of("instance", id);
    }

    /// The tags of a registration. A renewal changes none of them, so it costs the index nothing.
    private static Set<Tag> tags(Registration registration) {
        return switch (registration) {
            case Registration.Absent _ -> Set.of();
            case Registration.Removed(var lease) -> Set.of(Version.removed(lease));
            case Registration.Listed(var lease) -> tags(lease);
        };
    }

    private static Set<Tag> tags(Lease lease) {
        var instance = lease.announced().key();
        var tags = new HashSet<Tag>();
        tags.add(Version.listed(lease));
        tags.add(application(instance.application()));
        tags.add(instance(instance.id()));
        lease.announced().vipList().forEach(vip -> tags.add(vip(vip)));
        lease.announced().secureVipList().forEach(vip -> tags.add(secureVip(vip)));
        return tags;
    }
}
