package io.legion.core;

import java.time.Instant;

/// What an event may know of the world and still give the same result everywhere.
///
/// @param id the event's id; its time never goes back within a partition's history
/// @param key the partition's key
/// @param version the [version][PartitionType#version(int)] of the type under which the event is applied: the same on
///     all nodes, whatever release they run. An `apply` whose logic has changed looks here which logic it is
public record EventContext(EventId id, PartitionKey key, int version) {
    /// The event's own time in milliseconds since 1970: when its origin accepted it, by that node's clock.
    public long millis() {
        return id.millis();
    }

    /// The event's own time: when its origin accepted it, by that node's clock.
    public Instant time() {
        return Instant.ofEpochMilli(millis());
    }
}
