package io.legion.discovery.registry;

import io.legion.core.Applied;
import io.legion.core.EventContext;

/// An operator orders a status, which overrules what the instance says.
///
/// @param status the order
/// @param dirtyMillis the caller's time of the instance's last change, 0 if it does not say
public record OrderStatus(Status status, long dirtyMillis) implements RegistrationEvent<Boolean> {
    /// The output: false if the instance is not known.
    @Override
    public Applied<Registration, Boolean> apply(Registration state, EventContext context) {
        var lease = state.listed();
        if (lease == null) {
            return Applied.of(state, false);
        }
        long now = context.millis();
        var next = lease.status() == status ? lease.renewedAt(now) : lease.ordered(status, status, dirtyMillis, now);
        return Applied.of(new Registration.Listed(next), true);
    }
}
