package io.legion.runtime.recording;

import io.legion.core.Bytes;
import io.legion.core.NodeId;
import io.legion.core.shard.FoldObserver;
import io.legion.recording.HistoryFile;
import io.legion.recording.HistoryHead;
import io.legion.recording.RecordedPiece;
import io.legion.recording.Recording;
import io.legion.recording.RecordingOrder;
import io.legion.service.OwnThread;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// A recording: those who fold put events into a bounded queue and never wait; a thread of its own writes them down.
///
/// **Threads.** Any.
final class OpenRecording {
    private static final int QUEUED = 1_024;
    private static final long QUEUED_BYTES = 16 << 20;
    private static final int UNKNOWN_BYTES = 64 * 1024;
    private static final long LOOK_MILLIS = 50;
    private static final int LONGEST_REASON = 500;

    private final long number;
    private final NodeId node;
    private final RecordingOrder order;
    private final StepWriter<?> writer;
    private final int mostOfAPiece;
    private final InstantSource wall;
    private final BlockingQueue<FoldObserver.Fold> queue = new ArrayBlockingQueue<>(QUEUED);
    private final AtomicLong queuedBytes = new AtomicLong();
    private final AtomicLong events = new AtomicLong();
    private final AtomicLong missed = new AtomicLong();
    private final AtomicLong leftOut = new AtomicLong();
    private final long endNanos;
    private final Thread thread;

    private volatile boolean ends;
    private volatile int steps;
    private volatile String why = "";
    private volatile byte @Nullable [] file;

    OpenRecording(
            long number,
            NodeId node,
            RecordingOrder order,
            StepWriter<?> writer,
            int mostOfAPiece,
            InstantSource wall) {
        this.number = number;
        this.node = node;
        this.order = order;
        this.writer = writer;
        this.mostOfAPiece = Math.min(mostOfAPiece, RecordedPiece.MOST_BYTES);
        this.wall = wall;
        this.endNanos = System.nanoTime() + order.duration().toNanos();
        this.thread = OwnThread.start("legion-recording", this::run);
    }

    boolean observes(int type) {
        return !ends && type == writer.type().id();
    }

    /// Never waits.
    void folded(FoldObserver.Fold fold) {
        events.incrementAndGet();
        long bytes = bytes(fold);
        if (queuedBytes.addAndGet(bytes) > QUEUED_BYTES || !queue.offer(fold)) {
            queuedBytes.addAndGet(-bytes);
            missed.incrementAndGet();
        }
    }

    private static long bytes(FoldObserver.Fold fold) {
        long state = fold.stateBytes() < 0 ? UNKNOWN_BYTES : fold.stateBytes();
        return fold.event().size() + fold.body().size() + 2 * state;
    }

    private void run() {
        var sample = new BalancedSample(order.steps(), order.bytes());
        try {
            for (long left = left(); left > 0 && !ends; left = left()) {
                take(queue.poll(Math.min(left, LOOK_MILLIS), TimeUnit.MILLISECONDS), sample);
            }
            ends = true;
            for (var fold = queue.poll(); fold != null; fold = queue.poll()) {
                take(fold, sample);
            }
        } catch (InterruptedException closed) {
            ends = true;
        }
        finish(sample);
    }

    private long left() {
        return TimeUnit.NANOSECONDS.toMillis(endNanos - System.nanoTime());
    }

    private void take(FoldObserver.@Nullable Fold fold, BalancedSample sample) {
        if (fold == null) {
            return;
        }
        queuedBytes.addAndGet(-bytes(fold));
        try {
            var written = writer.write(fold);
            sample.offer(written.kind(), written.step());
            steps = sample.size();
        } catch (Throwable failure) {
            leaveOut(failure);
        }
    }

    /// The message of a failure may hold what nobody is to see.
    private void leaveOut(Throwable failure) {
        if (leftOut.getAndIncrement() == 0) {
            var text = writer.pseudonyms() == null
                    ? failure.toString()
                    : failure.getClass().getName() + " (its message may hold what the pseudonyms hide)";
            why = text.length() > LONGEST_REASON ? text.substring(0, LONGEST_REASON) : text;
        }
    }

    private void finish(BalancedSample sample) {
        try {
            var head = HistoryHead.of(writer.type(), wall.instant(), writer.pseudonyms() != null);
            file = HistoryFile.bytes(writer.type(), head, sample.steps());
        } catch (Throwable failure) {
            leaveOut(failure);
            file = new byte[0];
        }
    }

    boolean isOver() {
        return file != null;
    }

    Recording status() {
        byte[] whole = file;
        return new Recording(
                number,
                node,
                order.type(),
                whole != null,
                writer.pseudonyms() != null,
                events.get(),
                steps,
                missed.get(),
                leftOut.get(),
                why,
                whole == null ? 0 : whole.length);
    }

    /// @throws IllegalArgumentException if the file has no such offset
    RecordedPiece piece(int offset) {
        byte[] whole = file;
        if (whole == null) {
            return new RecordedPiece(status(), Bytes.EMPTY);
        }
        if (offset < 0 || offset > whole.length) {
            throw new IllegalArgumentException(
                    "the file of the recording " + number + " has " + whole.length + " bytes, and no offset " + offset);
        }
        int end = Math.min(whole.length, offset + mostOfAPiece);
        return new RecordedPiece(status(), Bytes.wrap(Arrays.copyOfRange(whole, offset, end)));
    }

    void close() {
        ends = true;
        thread.interrupt();
    }
}
