package io.legion.runtime.recording;

import io.legion.core.NodeId;
import io.legion.core.PartitionType;
import io.legion.core.shard.FoldObserver;
import io.legion.core.shard.PartitionTypes;
import io.legion.operations.UnreachableException;
import io.legion.recording.Pseudonyms;
import io.legion.recording.RecordedPiece;
import io.legion.recording.Recording;
import io.legion.recording.RecordingOrder;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Records what folds at a node, one recording at a time. While there is none, a fold costs one look.
///
/// It keeps the file of the last recording until the next one begins, so a node holds one at most.
///
/// **Threads.** Any.
public final class FoldRecorder implements FoldObserver, AutoCloseable {
    /// What an answer has beside the content of a piece.
    private static final int FRAME_ROOM = 8 * 1024;

    private final NodeId node;
    private final List<Pseudonyms<?>> pseudonyms;
    private final int mostOfAPiece;
    private final InstantSource wall;

    private volatile @Nullable OpenRecording open;
    private long numbers; // guarded by this
    private boolean closed; // guarded by this

    /// @param pseudonyms [known][#requireKnown]
    /// @param maxFrameBytes what goes from one node to another at once
    public FoldRecorder(NodeId node, List<Pseudonyms<?>> pseudonyms, int maxFrameBytes, InstantSource wall) {
        this.node = node;
        this.pseudonyms = List.copyOf(pseudonyms);
        this.mostOfAPiece = Math.max(1, maxFrameBytes - FRAME_ROOM);
        this.wall = wall;
    }

    /// Each is of a type of the service, and no two are of one.
    ///
    /// @throws IllegalArgumentException if not
    public static void requireKnown(List<Pseudonyms<?>> pseudonyms, PartitionTypes types) {
        var seen = new HashSet<PartitionType<?>>();
        for (Pseudonyms<?> one : pseudonyms) {
            if (!one.type().equals(types.find(one.type().id()))) {
                throw new IllegalArgumentException("there are pseudonyms for a partition type '" + one.type()
                        + "', with which this Legion is not opened");
            }
            if (!seen.add(one.type())) {
                throw new IllegalArgumentException(
                        "there are pseudonyms for the partition type '" + one.type() + "' twice");
            }
        }
    }

    @Override
    public boolean observes(int type) {
        OpenRecording present = open;
        return present != null && present.observes(type);
    }

    @Override
    public void folded(Fold fold) {
        OpenRecording present = open;
        if (present != null) {
            present.folded(fold);
        }
    }

    /// Begins a recording.
    ///
    /// @throws IllegalArgumentException if the order does not allow real data, and there are no pseudonyms
    /// @throws UnreachableException if another recording goes on
    public synchronized Recording begin(PartitionType<?> type, RecordingOrder order) {
        var replacing = replacing(type);
        if (replacing == null && !order.realData()) {
            throw new IllegalArgumentException("the service has no pseudonyms for the type '" + type.name()
                    + "', so a recording would show keys, states and events as they are. Nothing is recorded. Give"
                    + " LegionBuilder.pseudonyms in the service's main, or say that real data may leave the cluster"
                    + " (--real-data)");
        }
        requireNone();
        var begun = new OpenRecording(++numbers, node, order, StepWriter.of(type, replacing), mostOfAPiece, wall);
        open = begun;
        return begun.status();
    }

    private synchronized void requireNone() {
        OpenRecording present = open;
        if (closed || (present != null && !present.isOver())) {
            throw new UnreachableException("The node " + node
                    + (closed
                            ? " closes."
                            : " makes another recording, and one at a time. Begin again once that one is over, in at most "
                                    + RecordingOrder.LONGEST.toMinutes() + " minutes."));
        }
    }

    private @Nullable Pseudonyms<?> replacing(PartitionType<?> type) {
        return pseudonyms.stream()
                .filter(one -> one.type().equals(type))
                .findFirst()
                .orElse(null);
    }

    /// How far a recording is, and a piece of its file.
    ///
    /// @throws UnreachableException if the node does not have it any more
    /// @throws IllegalArgumentException if its file has no such offset
    public RecordedPiece piece(long number, int offset) {
        OpenRecording present = open;
        if (present == null || present.status().number() != number) {
            throw new UnreachableException("The node " + node + " has no recording " + number
                    + ": another one was begun since, or the node was started again. Record anew.");
        }
        return present.piece(offset);
    }

    @Override
    public synchronized void close() {
        closed = true;
        OpenRecording present = open;
        if (present != null) {
            present.close();
        }
    }
}
