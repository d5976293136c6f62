package io.legion.benchmarks.cluster.load;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Waits until a cluster has formed.
public final class Waiting {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration BETWEEN = Duration.ofMillis(20);

    private Waiting() {}

    /// Looks again and again until the condition holds.
    ///
    /// @param what holds then, as a sentence without its end
    /// @throws IllegalStateException if it does not hold after two minutes
    public static void until(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("Not after " + PATIENCE.toMinutes() + " minutes: " + what + ".");
            }
            LockSupport.parkNanos(BETWEEN.toNanos());
        }
    }
}
