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
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// An extract that a thread of its own reads, a few sections ahead of whoever asks for them.
///
/// **Threads.** Any; one piece at a time.
final class OpenExtract {
    private static final int AHEAD = 2;

    private final ShardScan scan;
    private final int most;
    private final BlockingQueue<Section> ready = new ArrayBlockingQueue<>(AHEAD);
    private final CompletableFuture<StoredHistory> opened = new CompletableFuture<>();
    private final Thread reader;
    private volatile boolean given;
    private volatile @Nullable Throwable failure;
    private volatile long askedNanos = System.nanoTime();

    /// What was given last, which may be asked for again. Guarded by this.
    private @Nullable Section present;

    private int number = -1;
    private volatile boolean over;

    /// @param most the most bytes of content of a piece
    OpenExtract(ShardScan scan, int most) {
        this.scan = scan;
        this.most = most;
        this.reader = OwnThread.start("legion-extract", this::read);
    }

    private void read() {
        try {
            scan.run(opened::complete, this::put);
        } catch (Throwable broken) {
            failure = broken;
            opened.completeExceptionally(broken);
        }
    }

    /// @return false once nobody wants it any more
    private boolean put(Section section) {
        try {
            return !given && ready.offer(section, Extract.IDLE_SECONDS, TimeUnit.SECONDS) && !given;
        } catch (InterruptedException stopped) {
            return false;
        }
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
        askedNanos = System.nanoTime();
        if (wanted == number + 1) {
            present = next();
            number = wanted;
            over = present.isEnd();
        }
        if (wanted != number || present == null) {
            throw new IllegalArgumentException(
                    "the section " + wanted + " was asked for, where " + number + " or the next is to be had");
        }
        return present.piece(offset, expected, most);
    }

    private Section next() {
        try {
            while (true) {
                var section = ready.poll(50, TimeUnit.MILLISECONDS);
                if (section != null) {
                    return section;
                }
                if (!reader.isAlive() && ready.isEmpty()) {
                    throw new IllegalStateException("the extract ended early: " + failure, failure);
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while an extract was read", stopped);
        }
    }

    boolean isIdle() {
        return System.nanoTime() - askedNanos > TimeUnit.SECONDS.toNanos(Extract.IDLE_SECONDS);
    }

    /// True once all of it was read, and given away.
    boolean isOver() {
        return over || (!reader.isAlive() && ready.isEmpty());
    }

    /// Ends the reading, and waits until the store is left alone.
    void close() {
        given = true;
        ready.clear();
        reader.interrupt();
        try {
            reader.join(TimeUnit.SECONDS.toMillis(Extract.IDLE_SECONDS));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
