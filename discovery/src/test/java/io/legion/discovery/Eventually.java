package io.legion.discovery;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Waits for what a client or a process does in its own time; a test that waits for nothing fails by this.
public final class Eventually {
    private static final Duration PATIENCE = Duration.ofSeconds(45);

    private Eventually() {}

    public static void until(String what, BooleanSupplier condition) {
        until(() -> what, condition);
    }

    /// Waits for it.
    ///
    /// @param what is asked for when it is over
    public static void until(Supplier<String> what, BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not within " + PATIENCE + ": " + what.get());
            }
            LockSupport.parkNanos(20_000_000);
        }
    }
}
