package io.legion.recording;

import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;

/// A node that records golden histories, however it is asked.
///
/// **Failure.** A call that fails leaves no file. Whoever implements this says which exceptions tell that a node does
/// not answer.
public interface RecordingSource {
    /// How long a recording may take to write its file.
    Duration LONGEST_END = Duration.ofMinutes(1);

    /// Begins to record a golden history: events of a type that fold at the node from now on, with the states they
    /// led to. The node writes them down beside its work; what comes faster than it can is missed, and counted. It
    /// makes one recording at a time, and keeps its file in memory until the next one begins, or it is closed.
    ///
    /// @throws IllegalArgumentException if the service has no such type, or no [Pseudonyms] for it and the order
    ///     does not allow real data
    /// @throws RuntimeException if another recording goes on, or the node does not answer
    Recording record(RecordingOrder order);

    /// How far a recording is; once it is over, a piece of its file, which [HistoryFile] reads.
    ///
    /// @param number of the recording
    /// @param offset from which byte of the file on
    /// @throws IllegalArgumentException if the file has no such offset
    /// @throws RuntimeException if the node does not have that recording any more, or does not answer
    RecordedPiece recorded(long number, int offset);

    /// Records a history, and saves it as a file of its own in a directory.
    ///
    /// @param directory made if it is not there
    /// @param progress hears every 100 ms how far it is, and at the end what it came to
    /// @return the file
    /// @throws HistoryFileException if it cannot be saved: then there is no file
    default Path saveRecording(RecordingOrder order, Path directory, Consumer<Recording> progress)
            throws InterruptedException {
        var begun = record(order);
        long latest = System.nanoTime() + order.duration().plus(LONGEST_END).toNanos();
        var piece = recorded(begun.number(), 0);
        while (!piece.recording().isOver()) {
            requireMore(System.nanoTime() < latest, "does not end, long after its time");
            progress.accept(piece.recording());
            Thread.sleep(100);
            piece = recorded(begun.number(), 0);
        }
        var content = new ByteArrayOutputStream();
        while (piece.content().size() > 0) {
            content.writeBytes(piece.content().shared());
            requireMore(content.size() <= HistoryFile.MOST_BYTES, "has a file without an end");
            piece = recorded(begun.number(), content.size());
        }
        progress.accept(piece.recording());
        return HistoryFile.save(content.toByteArray(), directory);
    }

    private static void requireMore(boolean sane, String what) {
        if (!sane) {
            throw new HistoryFileException(
                    "The recording " + what + ". No file was saved. Look at the node, and record anew.", null);
        }
    }
}
