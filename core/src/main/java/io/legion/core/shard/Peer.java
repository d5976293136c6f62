package io.legion.core.shard;

import org.jspecify.annotations.Nullable;

/// What this replica has told one other participant, the peer, and heard of it in the epoch: R15 and R70.
final class Peer {
    /// A replica repeats itself to a silent peer after at most this many resend intervals.
    private static final int MOST_BACKOFF = 16;

    long sentOwn;
    VersionVector told = VersionVector.EMPTY;

    /// Since when this replica has owed the peer its present row; -1 while it owes nothing.
    long newsMillis = -1;

    /// When this replica last sent the peer events of its own.
    long toldEventsMillis = Long.MIN_VALUE / 2;

    boolean owesAnswer;
    boolean owesRows;

    /// When the peer last asked, and so waited for rows.
    long askedMillis = Long.MIN_VALUE / 2;

    long rowsAskedMillis;

    /// What this replica waits to see in the peer's row, and since when; null while it waits for nothing.
    @Nullable
    VersionVector awaited;

    private long awaitedMillis;
    private long heardMillis;
    private int backoff = 1;

    /// @param nowMillis from when on its silence counts
    Peer(long nowMillis) {
        heardMillis = nowMillis;
    }

    long silentMillis(long nowMillis) {
        return nowMillis - heardMillis;
    }

    /// What this replica told the peer counts no longer.
    void forgetTold() {
        sentOwn = 0;
        told = VersionVector.EMPTY;
        owesAnswer = true;
        awaited = null;
        backoff = 1;
    }

    /// The peer sent this.
    void heard(Message.Delta delta, long nowMillis) {
        heardMillis = nowMillis;
        backoff = 1;
        if (delta.asks()) {
            owesAnswer = true;
            askedMillis = nowMillis;
        }
        owesRows |= delta.asksRows();
    }

    /// From now on the peer's row is to cover this.
    void await(VersionVector held, long nowMillis) {
        awaited = held;
        awaitedMillis = nowMillis;
    }

    /// True if this replica has waited so long that it repeats itself.
    boolean isOverdue(long resendMillis, long nowMillis) {
        return nowMillis - awaitedMillis >= resendMillis * backoff;
    }

    /// This replica repeats itself: the next time after twice as long.
    void backOff() {
        backoff = Math.min(MOST_BACKOFF, backoff * 2);
    }

    /// How many resend intervals to wait.
    int backoff() {
        return backoff;
    }
}
