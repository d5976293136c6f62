package io.legion.discovery.registry;

import org.jspecify.annotations.Nullable;

/// An instance's place in the registry.
///
/// @param announced what the instance said
/// @param status whether it takes traffic, overrides included
/// @param override what an operator ordered, `UNKNOWN` for nothing
/// @param modified true if the last change was one of a known instance, false if it was a registration
/// @param times when all this happened
public record Lease(Announcement announced, Status status, Status override, boolean modified, Times times) {
    /// The lease of an instance that registers at this time, in place of the one before.
    static Lease registered(Announcement announced, Status status, Status override, @Nullable Lease before, long now) {
        var times = before == null ? new Times(now, now, 0, 0) : before.times.registeredAt(now);
        return new Lease(announced, status, override, false, times.changedAt(now, status == Status.UP));
    }

    /// When the lease ends, in milliseconds since 1970, if nothing renews it.
    public long endMillis() {
        return times.renewed() + announced.leaseMillis();
    }

    /// True if the lease ended before `now`.
    public boolean isOverdue(long now) {
        return endMillis() < now;
    }

    /// True if it was removed so long before `now` that nobody asks for it any more.
    public boolean isForgotten(long now) {
        return times.changed() + Registration.KEEP_REMOVED_MILLIS < now;
    }

    Lease renewedAt(long now) {
        return new Lease(announced, status, override, modified, times.renewedAt(now));
    }

    Lease ordered(Status status, Status override, long dirtyMillis, long now) {
        return new Lease(
                announced.newerOf(dirtyMillis),
                status,
                override,
                true,
                times.renewedAt(now).changedAt(now, status == Status.UP));
    }

    Lease announcing(Announcement next, long now) {
        return new Lease(next, status, override, true, times.renewedAt(now).changedAt(now, status == Status.UP));
    }

    Lease removedAt(long now) {
        return new Lease(announced, status, override, modified, times.removedAt(now));
    }
}
