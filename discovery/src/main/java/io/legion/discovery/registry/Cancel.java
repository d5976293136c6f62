package io.legion.discovery.registry;

import io.legion.core.Applied;
import io.legion.core.EventContext;
import java.util.Set;

/// An instance leaves.
///
/// @param id the instance
public record Cancel(String id) implements ApplicationEvent<Boolean> {
    @Override
    public Applied<Application, Boolean> apply(Application state, EventContext context) {
        return state.lease(id) == null
                ? Applied.of(state, false)
                : Applied.of(state.without(Set.of(id), context.millis()), true);
    }
}
