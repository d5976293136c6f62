package io.legion.discovery.registry;

import io.legion.core.Applied;
import io.legion.core.EventContext;
import java.util.SortedMap;

/// Adds metadata to an instance, or replaces them.
///
/// @param metadata the new ones; the others stay
public record PutMetadata(SortedMap<String, String> metadata) implements RegistrationEvent<PutMetadata.Result> {
    /// The outcome.
    public enum Result {
        /// It has them.
        PUT,
        /// The instance is not known.
        UNKNOWN,
        /// Nothing changed: with them the instance would be larger than [Announcement#MAX_BYTES].
        TOO_LARGE
    }

    /// Checks what can be checked without the instance.
    public PutMetadata {
        Instance.checkMetadata(metadata);
    }

    /// How many bytes of memory they add to what an instance announced, at most about.
    public long memory() {
        return metadata.entrySet().stream()
                .mapToLong(entry -> entry.getKey().length() + entry.getValue().length())
                .sum();
    }

    @Override
    public Applied<Registration, Result> apply(Registration state, EventContext context) {
        var lease = state.listed();
        if (lease == null) {
            return Applied.of(state, Result.UNKNOWN);
        }
        var instance = lease.announced().instance().decode().with(metadata);
        var announced = Announcement.of(instance, lease.announced().dirtyMillis());
        if (announced.isTooLarge()) {
            return Applied.of(state, Result.TOO_LARGE);
        }
        return Applied.of(new Registration.Listed(lease.announcing(announced, context.millis())), Result.PUT);
    }
}
