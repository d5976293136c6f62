package io.legion.core;

import java.time.Instant;

/// What an event may know of the world and still give the same result everywhere.
///
/// @param id the event's id; its time never goes back within a partition's history
/// @param key the partition's key
public record EventContext(EventId id, PartitionKey key) {
    /// The event's own time in milliseconds since 1970: when its origin accepted it, by that node's clock.
    public long millis() {
        return id.millis();
    }

    /// The event's own time: when its origin accepted it, by that node's clock.
    public Instant time() {
        return Instant.ofEpochMilli(millis());
    }
}
