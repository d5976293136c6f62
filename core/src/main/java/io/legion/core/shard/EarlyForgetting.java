package io.legion.core.shard;

/// What a shard's memory of requests forgot before the promised time, because it was full (R52d).
final class EarlyForgetting {
    private final long promisedMillis;
    private long count;

    /// How old the last one was that was forgotten early, and when that was, in event time.
    private long reachMillis;

    private long lastMillis = Long.MIN_VALUE;

    EarlyForgetting(long promisedMillis) {
        this.promisedMillis = promisedMillis;
    }

    /// An id goes that was remembered from one event time to another.
    void forgets(long fromMillis, long nowMillis) {
        if (nowMillis - fromMillis <= promisedMillis) {
            count++;
            reachMillis = nowMillis - fromMillis;
            lastMillis = nowMillis;
        }
    }

    /// How many ids it forgot early since this replica was opened.
    long count() {
        return count;
    }

    /// For how long it remembers ids now: the promised time, unless it forgot one early within that time.
    long reachMillis(long nowMillis) {
        return lastMillis == Long.MIN_VALUE || nowMillis - lastMillis > promisedMillis ? promisedMillis : reachMillis;
    }
}
