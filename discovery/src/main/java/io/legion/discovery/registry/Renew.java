package io.legion.discovery.registry;

import io.legion.core.Applied;
import io.legion.core.EventContext;

/// An instance renews its lease.
///
/// @param dirtyMillis the time of its last change by its own clock, 0 if it does not say
public record Renew(long dirtyMillis) implements RegistrationEvent<Renew.Result> {
    /// The outcome.
    public enum Result {
        /// The lease is renewed.
        RENEWED,
        /// The instance is not known, or its status is not: it must register.
        UNKNOWN,
        /// The lease is renewed, but the instance has changed since it registered: it must register again.
        CHANGED_SINCE,
        /// The lease is renewed; the registry knows something newer of the instance than the caller does.
        OUTDATED_CALLER
    }

    @Override
    public Applied<Registration, Result> apply(Registration state, EventContext context) {
        var lease = state.listed();
        if (lease == null || lease.status() == Status.UNKNOWN) {
            return Applied.of(state, Result.UNKNOWN);
        }
        var next = new Registration.Listed(renewed(lease, context.millis()));
        return Applied.of(next, compare(lease.announced().dirtyMillis()));
    }

    private static Lease renewed(Lease lease, long now) {
        boolean overruled = lease.override() != Status.UNKNOWN
                && lease.override() != lease.status()
                && (lease.status() == Status.UP || lease.status() == Status.OUT_OF_SERVICE);
        return overruled ? lease.ordered(lease.override(), lease.override(), 0, now) : lease.renewedAt(now);
    }

    private Result compare(long known) {
        if (dirtyMillis == 0 || dirtyMillis == known) {
            return Result.RENEWED;
        }
        return dirtyMillis > known ? Result.CHANGED_SINCE : Result.OUTDATED_CALLER;
    }
}
