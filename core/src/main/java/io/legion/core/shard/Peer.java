package io.legion.core.shard;

import org.jspecify.annotations.Nullable;

/// What this replica has told one other participant, and heard of it, in the present epoch: rules R15 and R70.
final class Peer {
    /// How much longer than the set time a replica may wait before it repeats itself to one that does not answer.
    private static final int MOST_BACKOFF = 16;

    long sentOwn;
    VersionVector told = VersionVector.EMPTY;

    /// Since when it has not been told of this replica's row as it is; -1 while it has.
    long newsMillis = -1;

    /// When this replica last sent it events of its own.
    long toldEventsMillis = Long.MIN_VALUE / 2;

    boolean owesAnswer;
    boolean owesRows;

    /// When it asked last, as one that waits for rows.
    long askedMillis = Long.MIN_VALUE / 2;

    long rowsAskedMillis;

    /// What it is to show in its row, and since when that has been waited for; null while nothing is.
    @Nullable
    VersionVector awaited;

    private long awaitedMillis;
    private long heardMillis;
    private int backoff = 1;

    /// @param nowMillis from now on it may be silent
    Peer(long nowMillis) {
        heardMillis = nowMillis;
    }

    long silentMillis(long nowMillis) {
        return nowMillis - heardMillis;
    }

    /// Nothing that it was told counts as told.
    void forgetTold() {
        sentOwn = 0;
        told = VersionVector.EMPTY;
        owesAnswer = true;
        awaited = null;
        backoff = 1;
    }

    /// It sent this.
    void heard(Message.Delta delta, long nowMillis) {
        heardMillis = nowMillis;
        backoff = 1;
        if (delta.asks()) {
            owesAnswer = true;
            askedMillis = nowMillis;
        }
        owesRows |= delta.asksRows();
    }

    /// From now on it is to show this.
    void await(VersionVector held, long nowMillis) {
        awaited = held;
        awaitedMillis = nowMillis;
    }

    /// True if what it is to show has been waited for so long that it is told again.
    boolean isOverdue(long resendMillis, long nowMillis) {
        return nowMillis - awaitedMillis >= resendMillis * backoff;
    }

    /// It is told again: the next time after twice as long.
    void backOff() {
        backoff = Math.min(MOST_BACKOFF, backoff * 2);
    }

    /// How many times the set time to wait.
    int backoff() {
        return backoff;
    }
}
