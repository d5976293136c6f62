package io.legion.runtime.founding;

import io.legion.service.Logger;
import java.time.Duration;
import java.util.Locale;

/// Tells people every few seconds how far an import is.
final class ProgressLog {
    private static final long INTERVAL_NANOS = Duration.ofSeconds(5).toNanos();
    private static final double NANOS_PER_SECOND = 1e9;

    private final String title;
    private final long from;
    private final Logger logger;
    private final long beganNanos = System.nanoTime();
    private long toldNanos = beganNanos;

    /// @param from how many records an earlier start took in
    ProgressLog(String title, long from, Logger logger) {
        this.title = title;
        this.from = from;
        this.logger = logger;
    }

    /// So many records are in the store now.
    void at(long records) {
        long now = System.nanoTime();
        if (now - toldNanos >= INTERVAL_NANOS) {
            toldNanos = now;
            logger.info("Founding from " + title + ": " + rate(records, now));
        }
    }

    /// All records are in the store.
    void finished(long records) {
        logger.info("All of " + title + " is in the store: " + rate(records, System.nanoTime()));
    }

    private String rate(long records, long now) {
        double seconds = (now - beganNanos) / NANOS_PER_SECOND;
        double each = (records - from) / Math.max(seconds, 0.001);
        return String.format(Locale.ROOT, "%,d partitions, %,.0f a second.", records, each);
    }
}
