package io.legion.simulation.scene;

/// The network between the machines of a scene.
///
/// @param latencyMicros the least time that a message takes
/// @param jitterMicros the most that may be added to it
/// @param loss the share of messages that get lost
/// @param doubled the share of messages that arrive twice
public record Links(long latencyMicros, long jitterMicros, double loss, double doubled) {
    /// A network that loses nothing.
    public static Links lossless(long latencyMicros, long jitterMicros) {
        return new Links(latencyMicros, jitterMicros, 0, 0);
    }
}
