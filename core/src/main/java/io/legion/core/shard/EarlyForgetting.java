package io.legion.core.shard;

/// What a shard's memory of requests forgot before the promised time, because it was full (R52d).
final class EarlyForgetting {
    private final long promisedMillis;
    private final int keptForPromised;
    private long count;

    /// For how long a caller could try again that had the last id that was forgotten early, and when that was, in
    /// event time.
    private long reachMillis;

    private long lastMillis = Long.MIN_VALUE;

    /// @param keptForPromised for how many times as long ids are kept
    EarlyForgetting(long promisedMillis, int keptForPromised) {
        this.promisedMillis = promisedMillis;
        this.keptForPromised = keptForPromised;
    }

    /// An id goes that was remembered from one event time to another.
    void forgets(long fromMillis, long nowMillis) {
        long reach = (nowMillis - fromMillis) / keptForPromised;
        if (reach < promisedMillis) {
            count++;
            reachMillis = reach;
            lastMillis = nowMillis;
        }
    }

    /// How many ids it forgot early since this replica was opened.
    long count() {
        return count;
    }

    /// Within which time a caller may try again now: the promised time, unless it forgot one early within that time.
    long reachMillis(long nowMillis) {
        return lastMillis == Long.MIN_VALUE || nowMillis - lastMillis > promisedMillis ? promisedMillis : reachMillis;
    }
}
