package io.legion.runtime.operator;

import io.legion.core.Bytes;
import io.legion.core.CodecException;
import io.legion.core.NodeId;
import io.legion.operations.Operations;
import io.legion.runtime.consult.Consultant;
import io.legion.runtime.host.NodeHost;
import io.legion.spi.Cluster;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;

/// Answers what the operators of other nodes ask of this one, a few at a time: each on a thread of its own, since a
/// look at the node waits until its owner has a moment.
public final class Desk implements Consultant {
    /// How many questions are at work at once.
    static final int PLACES = 16;

    /// What a frame has beside an answer.
    private static final int FRAME_ROOM = 64;

    private final Semaphore places = new Semaphore(PLACES);
    private final NodeHost host;
    private final Executor threads;
    private final Operations operations;
    private final int mostBytes;

    private Desk(NodeHost host, Executor threads, Operations operations, int maxFrameBytes) {
        this.host = host;
        this.threads = threads;
        this.operations = operations;
        this.mostBytes = maxFrameBytes - FRAME_ROOM;
    }

    /// Answers from now on.
    public static void open(NodeHost host, Executor threads, Operations operations, Cluster cluster) {
        var desk = new Desk(host, threads, operations, cluster.maxFrameBytes());
        host.withNode((node, _) -> node.consultedBy(desk));
        if (!cluster.discoveryTime().isZero()) {
            threads.execute(Desk::prepare);
        }
    }

    /// The codecs are derived at their first use, which takes some hundred milliseconds: neither the first question
    /// nor the node's owner is to wait for that.
    private static void prepare() {
        Question.CODEC.encode(new Question.Report());
        Told.CODEC.encode(new Told.Done(true));
    }

    @Override
    public void consulted(NodeId from, long number, Bytes question) {
        if (!places.tryAcquire()) {
            answer(
                    from,
                    number,
                    new Told.NotBegun("it is at work on " + PLACES + " such questions, and did not begin this one. Ask"
                            + " again in a moment; if that goes on, its store may hang: look at its log."));
            return;
        }
        try {
            threads.execute(() -> work(from, number, question));
        } catch (Throwable none) {
            // It closes, or the process has no room for a thread.
            places.release();
            answer(from, number, new Told.NotBegun("it has no thread for the question, and did not begin it: " + none));
        }
    }

    private void work(NodeId from, long number, Bytes question) {
        try {
            answer(from, number, answered(question));
        } finally {
            places.release();
        }
    }

    private void answer(NodeId from, long number, Told told) {
        var bytes = fitting(told);
        host.give((node, _) -> node.answer(from, number, bytes));
    }

    /// The answer as bytes. One that no frame can carry says so instead: whoever asks is not to wait for
    /// nothing.
    private Bytes fitting(Told told) {
        byte[] bytes;
        try {
            bytes = Told.CODEC.encode(told);
        } catch (Throwable unwritable) {
            return written(not("its answer cannot be written (" + unwritable.getMessage() + "). If it was an order, it"
                    + " may be carried out. Ask for less at once, or ask that node itself."));
        }
        return bytes.length <= mostBytes
                ? Bytes.wrap(bytes)
                : written(not("its answer has " + bytes.length + " bytes, and a frame between nodes has at most "
                        + mostBytes + ". Ask for less at once, or ask that node itself."));
    }

    private static Bytes written(Told told) {
        return Bytes.wrap(Told.CODEC.encode(told));
    }

    private Told answered(Bytes question) {
        Question asked;
        try {
            asked = Question.CODEC.decode(question.shared());
        } catch (CodecException unknown) {
            return new Told.NotBegun(
                    "its release, " + Release.NAME + ", does not know what it is asked (" + unknown.getMessage()
                            + "). Nothing was changed. Ask that node itself, or bring all nodes to one release.");
        }
        try {
            return asked.answered(operations);
        } catch (IllegalArgumentException misuse) {
            return new Told.NotTold(true, String.valueOf(misuse.getMessage()));
        } catch (Throwable failure) {
            return not("it failed over the question: " + failure);
        }
    }

    private static Told not(String why) {
        return new Told.NotTold(false, why);
    }
}
