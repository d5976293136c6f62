package io.legion.cluster.test;

import java.time.Duration;
import java.util.SplittableRandom;

/// What the system properties say about the tests.
final class Times {
    private Times() {}

    /// The time that this property says, such as `60s`.
    static Duration of(String property) {
        return Duration.parse("PT" + System.getProperty(property, "20s"));
    }

    /// The seed that is wished, or one drawn at random.
    static long seed() {
        long wished = Long.getLong("legion.history.seed", 0);
        return wished == 0 ? new SplittableRandom().nextLong(1, 1_000_000) : wished;
    }
}
