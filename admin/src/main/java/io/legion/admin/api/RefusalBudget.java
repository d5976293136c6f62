package io.legion.admin.api;

import io.legion.service.AddressBlock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/// How many lines about strangers the log takes: so many a minute of each block of addresses, and so many of
/// all. It counts those that are left out.
///
/// **Threads.** Any.
final class RefusalBudget {
    /// Lines a minute of one block.
    static final int OF_A_BLOCK = 10;

    /// Lines a minute of all.
    static final int OF_ALL = 100;

    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    private final LongSupplier nanoTime;
    private final Map<AddressBlock, Integer> written = new HashMap<>();
    private long begin;
    private int ofAll;
    private long leftOut;

    RefusalBudget(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.begin = nanoTime.getAsLong();
    }

    /// True if a line about this block goes into the log; it counts as written then, and else as left out.
    synchronized boolean takes(AddressBlock block) {
        beginAnew();
        int ofBlock = written.getOrDefault(block, 0);
        if (ofAll >= OF_ALL || ofBlock >= OF_A_BLOCK) {
            leftOut++;
            return false;
        }
        ofAll++;
        written.put(block, ofBlock + 1);
        return true;
    }

    private void beginAnew() {
        long now = nanoTime.getAsLong();
        if (now - begin >= MINUTE) {
            begin = now;
            ofAll = 0;
            written.clear();
        }
    }

    /// How many lines were left out that nobody has told of, once their minute is over; from then on they are
    /// told.
    synchronized long tellLeftOut() {
        if (nanoTime.getAsLong() - begin < MINUTE) {
            return 0;
        }
        return tellAllLeftOut();
    }

    /// The same at the end, when no more lines come.
    synchronized long tellAllLeftOut() {
        long told = leftOut;
        leftOut = 0;
        return told;
    }
}
