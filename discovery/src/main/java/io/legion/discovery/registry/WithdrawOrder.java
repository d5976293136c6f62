package io.legion.discovery.registry;

import io.legion.core.Applied;
import io.legion.core.EventContext;

/// An operator withdraws the order of an [OrderStatus].
///
/// @param status what to show until the instance says more; with `UNKNOWN` its next renewal makes it register again
/// @param dirtyMillis the caller's time of the instance's last change, 0 if it does not say
public record WithdrawOrder(Status status, long dirtyMillis) implements RegistrationEvent<Boolean> {
    /// The output: false if the instance is not known.
    @Override
    public Applied<Registration, Boolean> apply(Registration state, EventContext context) {
        var lease = state.listed();
        if (lease == null) {
            return Applied.of(state, false);
        }
        long now = context.millis();
        var next = lease.override() == Status.UNKNOWN
                ? lease.renewedAt(now)
                : lease.ordered(status, Status.UNKNOWN, dirtyMillis, now);
        return Applied.of(new Registration.Listed(next), true);
    }
}
