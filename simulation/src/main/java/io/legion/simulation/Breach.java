package io.legion.simulation;

/// An invariant that was seen broken.
///
/// @param invariant its name, as in `design/invariants.md`
/// @param millis when, in virtual time since the run began
/// @param sentence what was seen
public record Breach(String invariant, long millis, String sentence) {
    @Override
    public String toString() {
        return invariant + " is broken after " + millis + " ms: " + sentence;
    }
}
