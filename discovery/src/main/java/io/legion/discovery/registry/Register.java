package io.legion.discovery.registry;

import io.legion.core.Applied;
import io.legion.core.EventContext;
import org.jspecify.annotations.Nullable;

/// An instance registers, or registers again.
///
/// @param announced what it says of itself; if it does not say since when, it counts from this event on
/// @param status what it says of its traffic
/// @param override an operator's order that it brings along, `UNKNOWN` for none; counts only if none is known
public record Register(Announcement announced, Status status, Status override) implements Announcing {
    /// The outcome.
    public enum Result {
        /// It was not known.
        ADDED,
        /// It was known; its lease begins anew.
        REPLACED
    }

    /// The registration of this instance.
    public static Register of(Instance instance, Status status, Status override, long dirtyMillis) {
        return new Register(Announcement.of(instance, dirtyMillis), status, override);
    }

    @Override
    public Applied<Registration, Result> apply(Registration state, EventContext context) {
        var before = state.listed();
        var next = new Registration.Listed(lease(before, context.millis()));
        return Applied.of(next, before == null ? Result.ADDED : Result.REPLACED);
    }

    private Lease lease(@Nullable Lease before, long now) {
        return before == null ? first(now) : again(before, now);
    }

    private Lease first(long now) {
        return Lease.registered(announced.saidAt(now), status(status, override, Status.UNKNOWN), override, null, now);
    }

    /// If the registry knows something newer, this only begins the lease anew.
    private Lease again(Lease before, long now) {
        boolean older = announced.isOlderThan(before.announced());
        var ordered = before.override() == Status.UNKNOWN ? override : before.override();
        return Lease.registered(
                older ? before.announced() : announced.saidAt(now),
                status(older ? before.status() : status, ordered, before.status()),
                ordered,
                before,
                now);
    }

    /// The registry believes an instance that says that it does not work. If it says that it works, or was
    /// taken out, an operator's order overrules it, and else what the registry already shows, as in Eureka.
    private static Status status(Status said, Status ordered, Status shown) {
        if (said != Status.UP && said != Status.OUT_OF_SERVICE) {
            return said;
        }
        if (ordered != Status.UNKNOWN) {
            return ordered;
        }
        return shown == Status.UP || shown == Status.OUT_OF_SERVICE ? shown : said;
    }
}
