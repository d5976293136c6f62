package io.legion.core.primitive;

/// What must hold whatever the network, the disks and the callers do.
///
/// A broken invariant is a bug of Legion itself, never of its caller or of the world. The check stays on in
/// production: a shard that finds one broken stops, because going on could spread a wrong state.
public final class Invariant {

    private Invariant() {}

    /// Checks that `condition` holds.
    ///
    /// @param condition what must be true
    /// @param sentence the rule that a false condition breaks, as a whole sentence
    /// @throws Broken if `condition` is false; the caller must not go on with the state that it looked at
    public static void hold(boolean condition, String sentence) {
        if (!condition) {
            throw new Broken(sentence);
        }
    }

    /// Thrown when an invariant does not hold. Its message is the rule that is broken.
    public static final class Broken extends IllegalStateException {

        private static final long serialVersionUID = 1L;

        Broken(String sentence) {
            super(sentence);
        }
    }
}
