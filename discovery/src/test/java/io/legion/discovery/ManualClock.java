package io.legion.discovery;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/// A clock that stands still until it is told.
public final class ManualClock implements LongSupplier {
    private final AtomicLong millis = new AtomicLong(1_700_000_000_000L);

    public ManualClock() {}

    @Override
    public long getAsLong() {
        return millis.get();
    }

    public void advance(Duration duration) {
        millis.addAndGet(duration.toMillis());
    }
}
