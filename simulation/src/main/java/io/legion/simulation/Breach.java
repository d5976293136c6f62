package io.legion.simulation;

/// A broken invariant.
///
/// @param invariant its name, as in `design/invariants.md`
/// @param millis when, in virtual time since the run began
/// @param sentence what the checker saw
public record Breach(String invariant, long millis, String sentence) {
    @Override
    public String toString() {
        return invariant + " is broken after " + millis + " ms: " + sentence;
    }
}
