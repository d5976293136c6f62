package io.legion.discovery.registry;

import io.legion.core.Applied;
import io.legion.core.EventContext;

/// Removes an instance whose lease is over at the event's own time, and forgets one that was removed so long ago
/// that nobody asks for it.
///
/// The event decides whether the lease is over, not its sender, so a renewal that came in between counts.
public record Expire() implements RegistrationEvent<Expire.Result> {
    /// The outcome.
    public enum Result {
        /// It was not time yet: nothing changed.
        KEPT,
        /// The lease is over: the instance is removed.
        EXPIRED,
        /// Nothing is left of the instance.
        FORGOTTEN
    }

    @Override
    public Applied<Registration, Result> apply(Registration state, EventContext context) {
        long now = context.millis();
        return switch (state) {
            case Registration.Listed(var lease)
            when lease.isOverdue(now) -> Applied.of(new Registration.Removed(lease.removedAt(now)), Result.EXPIRED);
            case Registration.Removed(var lease)
            when lease.isForgotten(now) -> Applied.of(Registrations.ABSENT, Result.FORGOTTEN);
            case Registration.Listed _, Registration.Removed _, Registration.Absent _ -> Applied.of(state, Result.KEPT);
        };
    }
}
