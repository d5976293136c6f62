package io.legion.runtime.extract;

import io.legion.core.Bytes;
import io.legion.core.shard.StoredHistory;
import io.legion.operations.Extract;
import io.legion.operations.ExtractPiece;
import io.legion.operations.UnreachableException;
import io.legion.runtime.lane.LaneSetup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/// The extracts that a node has open, a few at a time. Reading one keeps neither the node nor its lane.
///
/// **Threads.** Any.
public final class Extracts implements AutoCloseable {
    private static final Duration LONGEST = Duration.ofSeconds(10);

    /// What an answer has beside the content of a piece.
    private static final int FRAME_ROOM = 8 * 1024;

    /// One for which nobody has asked for so long goes, if there is no room for another one.
    private static final long LEFT_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final LaneSetup lane;
    private final int most;
    private final LongSupplier nanos;
    private final SortedMap<Long, OpenExtract> open = new TreeMap<>(); // guarded by this
    private long numbers; // guarded by this
    private boolean closed; // guarded by this

    /// @param maxFrameBytes what goes from one node to another at once
    public Extracts(LaneSetup lane, int maxFrameBytes) {
        this(lane, maxFrameBytes, System::nanoTime);
    }

    /// @param nanos a time that goes on evenly
    Extracts(LaneSetup lane, int maxFrameBytes, LongSupplier nanos) {
        this.lane = lane;
        this.nanos = nanos;
        this.most = Math.clamp(maxFrameBytes - FRAME_ROOM, 1, ExtractPiece.MOST_BYTES);
    }

    /// Opens one.
    ///
    /// @param least the position that it must have reached
    /// @throws UnreachableException if too many are open, or the shard cannot be read here as far
    public Extract open(int shard, long least) {
        long number = begin(new ShardScan(lane, shard, least));
        try {
            var history = history(find(number));
            return new Extract(number, lane.self(), shard, history.position(), history.hash());
        } catch (UnreachableException failure) {
            close(number);
            throw failure;
        }
    }

    private long begin(ShardScan scan) {
        longestIdle().ifPresent(OpenExtract::close);
        return started(scan);
    }

    /// What makes room for another one, if too many are open: one that was left, as when a backup was ended in the
    /// middle.
    private synchronized Optional<OpenExtract> longestIdle() {
        open.values().removeIf(OpenExtract::isOver);
        if (open.size() < Extract.MOST_OPEN) {
            return Optional.empty();
        }
        var longest = Collections.max(
                open.entrySet(), Comparator.comparingLong(one -> one.getValue().idleNanos()));
        if (longest.getValue().idleNanos() < LEFT_NANOS) {
            return Optional.empty();
        }
        open.remove(longest.getKey());
        return Optional.of(longest.getValue());
    }

    private synchronized long started(ShardScan scan) {
        if (closed || open.size() >= Extract.MOST_OPEN) {
            throw new UnreachableException("The node " + lane.self()
                    + (closed
                            ? " closes."
                            : " reads " + Extract.MOST_OPEN
                                    + " extracts already, as many as it may. Try again in a moment."));
        }
        long number = ++numbers;
        open.put(number, new OpenExtract(scan, most, nanos, () -> forget(number)));
        return number;
    }

    private synchronized void forget(long number) {
        open.remove(number);
    }

    private StoredHistory history(OpenExtract extract) {
        try {
            return extract.opened().get(LONGEST.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException failed) {
            throw cannot(String.valueOf(failed.getCause()));
        } catch (TimeoutException late) {
            throw cannot("it has not begun within " + LONGEST.toSeconds() + " s");
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw cannot("the thread was interrupted");
        }
    }

    private UnreachableException cannot(String why) {
        return new UnreachableException("The node " + lane.self() + " gives no extract: " + why + ".");
    }

    private synchronized OpenExtract find(long number) {
        var found = open.get(number);
        if (found == null) {
            throw new UnreachableException("The node " + lane.self() + " has no extract " + number
                    + " open: it was read to its end, nobody asked for it for " + Extract.IDLE_SECONDS
                    + " s or while others waited, or the node was started again. Open it anew.");
        }
        return found;
    }

    /// A piece of one, see [io.legion.operations.Operations#piece].
    public ExtractPiece piece(long number, int section, int offset, Optional<Bytes> expected) {
        try {
            return find(number).piece(section, offset, expected);
        } catch (IllegalStateException failed) {
            close(number);
            throw cannot(String.valueOf(failed.getMessage()));
        }
    }

    private void close(long number) {
        Optional<OpenExtract> left;
        synchronized (this) {
            left = Optional.ofNullable(open.remove(number));
        }
        left.ifPresent(OpenExtract::close);
    }

    /// Ends all of them: nothing reads the store any more.
    @Override
    public void close() {
        List<OpenExtract> left;
        synchronized (this) {
            closed = true;
            left = new ArrayList<>(open.values());
            open.clear();
        }
        left.forEach(OpenExtract::close);
    }
}
