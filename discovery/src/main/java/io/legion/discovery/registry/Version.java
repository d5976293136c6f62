package io.legion.discovery.registry;

import io.legion.core.Bytes;
import io.legion.core.Tag;
import java.nio.ByteBuffer;

/// The version of what lists show of an instance, as a tag: the time of the last change, then a hash of what is
/// shown. Renewals are no change.
///
/// In the index the versions are in the order of time, so a search finds what changed since a moment without a
/// look at the rest. The hash tells two registrations apart that were changed last by the same event: one that
/// came late may have changed what lies before it.
public final class Version {
    /// The name of the tag. Its value begins with the time in milliseconds, as `Tag.of(NAME, millis)` has it.
    public static final String NAME = "changed";

    private Version() {}

    /// The version of an instance that is in the registry.
    public static Tag listed(Lease lease) {
        return of(lease, true);
    }

    /// The version of an instance that was removed.
    public static Tag removed(Lease lease) {
        return of(lease, false);
    }

    private static Tag of(Lease lease, boolean listed) {
        byte[] time = Tag.of(NAME, lease.times().changed()).bytes().toArray();
        return new Tag(Bytes.wrap(ByteBuffer.allocate(time.length + Integer.BYTES)
                .put(time)
                .putInt(hash(lease, listed))
                .array()));
    }

    /// The same on every node: enums count by their name, since their own hash differs from process to process.
    private static int hash(Lease lease, boolean listed) {
        var announced = lease.announced();
        var times = lease.times();
        int hash = announced.instance().hashCode();
        hash = 31 * hash + Long.hashCode(announced.dirtyMillis());
        hash = 31 * hash + lease.status().name().hashCode();
        hash = 31 * hash + lease.override().name().hashCode();
        hash = 31 * hash + Boolean.hashCode(lease.modified());
        hash = 31 * hash + Long.hashCode(times.registered());
        hash = 31 * hash + Long.hashCode(times.up());
        return 31 * hash + Boolean.hashCode(listed);
    }
}
