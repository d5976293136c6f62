package io.legion.discovery.registry;

import io.legion.core.Applied;
import io.legion.core.EventContext;

/// An operator orders a status, which overrules what the instance says.
///
/// @param id the instance
/// @param status the order
/// @param dirtyMillis the caller's time of the instance's last change, 0 if it does not say
public record OrderStatus(String id, Status status, long dirtyMillis) implements ApplicationEvent<Boolean> {
    /// The output: false if the instance is not known.
    @Override
    public Applied<Application, Boolean> apply(Application state, EventContext context) {
        var lease = state.lease(id);
        if (lease == null) {
            return Applied.of(state, false);
        }
        long now = context.millis();
        var next = lease.status() == status ? lease.renewedAt(now) : lease.ordered(status, status, dirtyMillis, now);
        return Applied.of(state.with(id, next, now), true);
    }
}
