package io.legion.discovery.registry;

/// The times of a lease, in milliseconds since 1970, all of them times of events.
///
/// @param registered the last registration
/// @param renewed the last renewal; the registration counts as one
/// @param up the first time the instance was up, 0 if never
/// @param changed the last change that others want to know, later than the one before; of a removed instance, its end
public record Times(long registered, long renewed, long up, long changed) {
    Times registeredAt(long now) {
        return new Times(now, now, up, changed);
    }

    Times renewedAt(long now) {
        return new Times(registered, now, up, changed);
    }

    Times removedAt(long now) {
        return new Times(registered, renewed, up, now);
    }

    /// Two changes within a millisecond still differ: watchers know a change by its time.
    Times changedAt(long now, boolean isUp) {
        return new Times(registered, renewed, isUp && up == 0 ? now : up, Math.max(now, changed + 1));
    }
}
