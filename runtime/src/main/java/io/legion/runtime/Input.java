package io.legion.runtime;

/// Something for a lane to take in.
interface Input {
    /// Gives itself to the lane. Called by the thread that runs the lane.
    void enter(Lane lane, long nowMillis);
}
