package io.legion.runtime.extract;

import io.legion.core.Bytes;
import io.legion.core.shard.StoredHistory;
import io.legion.operations.Extract;
import io.legion.operations.ExtractPiece;
import io.legion.service.OwnThread;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// An extract that a thread of its own reads, a few sections ahead of whoever asks for them, as long as somebody does.
///
/// **Threads.** Any; one piece at a time.
final class OpenExtract {
    private static final int AHEAD = 2;
    private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(Extract.IDLE_SECONDS);

    /// How often the thread looks whether somebody asked.
    private static final long LOOK_MILLIS = 200;

    private final ShardScan scan;
    private final int most;
    private final LongSupplier nanos;
    private final Runnable forgotten;
    private final BlockingQueue<Section> ready = new ArrayBlockingQueue<>(AHEAD);
    private final CompletableFuture<StoredHistory> opened = new CompletableFuture<>();

    /// Open until all was given, or nobody wants it.
    private final CountDownLatch finished = new CountDownLatch(1);

    private volatile @Nullable Throwable failure;
    private volatile long askedNanos;

    /// What was given last, which may be asked for again. Guarded by this.
    private @Nullable Section present;

    private int number = -1;
    private volatile boolean over;

    /// True once the reader has given up. Its own.
    private boolean left;

    private final Thread reader;

    /// @param most the most bytes of content of a piece
    /// @param nanos a time that goes on evenly
    /// @param forgotten runs once nobody has asked for it for long
    OpenExtract(ShardScan scan, int most, LongSupplier nanos, Runnable forgotten) {
        this.scan = scan;
        this.most = most;
        this.nanos = nanos;
        this.forgotten = forgotten;
        this.askedNanos = nanos.getAsLong();
        this.reader = OwnThread.start("legion-extract", this::read);
    }

    private void read() {
        try {
            scan.run(opened::complete, this::put);
            while (!left && !isUnwanted()) {
                var _ = finished.await(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException closed) {
            // Nobody wants it any more.
        } catch (Throwable broken) {
            failure = broken;
            opened.completeExceptionally(broken);
        }
        if (left || isIdle()) {
            forgotten.run();
        }
    }

    /// @return false once nobody wants it any more
    private boolean put(Section section) {
        try {
            boolean put = false;
            while (!put && !left) {
                put = ready.offer(section, LOOK_MILLIS, TimeUnit.MILLISECONDS);
                left = isUnwanted();
            }
        } catch (InterruptedException stopped) {
            left = true;
        }
        return !left;
    }

    private boolean isUnwanted() {
        return finished.getCount() == 0 || isIdle();
    }

    /// Where it is in history, once that is known; it fails if the shard cannot be read.
    CompletableFuture<StoredHistory> opened() {
        return opened;
    }

    /// A piece of this section.
    ///
    /// @param wanted the number of the section: the one that was asked for last, or the next
    /// @throws IllegalArgumentException if it is another one
    /// @throws IllegalStateException if the extract could not be read further
    synchronized ExtractPiece piece(int wanted, int offset, Optional<Bytes> expected) {
        askedNanos = nanos.getAsLong();
        try {
            if (wanted == number + 1 && !over) {
                present = next();
                number = wanted;
                over = present.isEnd();
            }
            if (wanted != number || present == null) {
                throw new IllegalArgumentException(
                        "the section " + wanted + " was asked for, where " + number + " or the next is to be had");
            }
            return present.piece(offset, expected, most);
        } finally {
            askedNanos = nanos.getAsLong();
            if (over) {
                finished.countDown();
            }
        }
    }

    private Section next() {
        try {
            while (true) {
                // Whoever waits here asks for it.
                askedNanos = nanos.getAsLong();
                var section = ready.poll(50, TimeUnit.MILLISECONDS);
                if (section != null) {
                    return section;
                }
                if (!reader.isAlive() && ready.isEmpty()) {
                    throw new IllegalStateException(
                            "the extract ended early"
                                    + (failure == null ? ", because nobody wanted it any more" : ": " + failure),
                            failure);
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while an extract was read", stopped);
        }
    }

    /// For how long nobody has asked for it.
    long idleNanos() {
        return nanos.getAsLong() - askedNanos;
    }

    private boolean isIdle() {
        return idleNanos() > IDLE_NANOS;
    }

    /// True once all of it was read, and given away.
    boolean isOver() {
        return over || (!reader.isAlive() && ready.isEmpty());
    }

    /// Ends the reading, and waits until the store is left alone.
    void close() {
        finished.countDown();
        ready.clear();
        reader.interrupt();
        try {
            reader.join(TimeUnit.SECONDS.toMillis(Extract.IDLE_SECONDS));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
