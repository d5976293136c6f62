package io.legion.discovery.registry;

import io.legion.core.Applied;
import io.legion.core.EventContext;

/// An instance leaves.
public record Cancel() implements RegistrationEvent<Boolean> {
    /// The output: false if the instance is not known.
    @Override
    public Applied<Registration, Boolean> apply(Registration state, EventContext context) {
        var lease = state.listed();
        return lease == null
                ? Applied.of(state, false)
                : Applied.of(new Registration.Removed(lease.removedAt(context.millis())), true);
    }
}
