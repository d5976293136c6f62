package io.legion.simulation.scene;

/// What callers ask of the cluster of a scene.
///
/// @param everyMicros the mean time between two requests
/// @param keys the number of partitions of each type
/// @param clientRequests how many requests a client makes before another client takes its place
public record Load(long everyMicros, int keys, long clientRequests) {
    /// The load of clients that stay.
    public static Load of(long everyMicros, int keys) {
        return new Load(everyMicros, keys, Long.MAX_VALUE);
    }
}
