package io.legion.discovery.registry;

import io.legion.core.Applied;
import io.legion.core.EventContext;
import java.util.SortedMap;

/// Adds metadata to an instance, or replaces them.
///
/// @param metadata the new ones; the others stay
public record PutMetadata(SortedMap<String, String> metadata) implements RegistrationEvent<Boolean> {
    /// How many bytes of memory they add to what an instance announced, at most about.
    public long memory() {
        return metadata.entrySet().stream()
                .mapToLong(entry -> entry.getKey().length() + entry.getValue().length())
                .sum();
    }

    /// The output: false if the instance is not known.
    @Override
    public Applied<Registration, Boolean> apply(Registration state, EventContext context) {
        var lease = state.listed();
        if (lease == null) {
            return Applied.of(state, false);
        }
        var instance = lease.announced().instance().decode().with(metadata);
        var announced = Announcement.of(instance, lease.announced().dirtyMillis());
        return Applied.of(new Registration.Listed(lease.announcing(announced, context.millis())), true);
    }
}
