package io.legion.discovery.registry;

import io.legion.core.Applied;
import io.legion.core.EventContext;
import java.util.SortedMap;

/// Adds metadata to an instance, or replaces them.
///
/// @param id the instance
/// @param metadata the new ones; the others stay
public record PutMetadata(String id, SortedMap<String, String> metadata) implements ApplicationEvent<Boolean> {
    /// The output: false if the instance is not known.
    @Override
    public Applied<Application, Boolean> apply(Application state, EventContext context) {
        var lease = state.lease(id);
        if (lease == null) {
            return Applied.of(state, false);
        }
        var instance = lease.announced().instance().decode().with(metadata);
        var announced = Announcement.of(instance, lease.announced().dirtyMillis());
        return Applied.of(state.with(id, lease.announcing(announced, context.millis()), context.millis()), true);
    }
}
