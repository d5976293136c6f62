package io.legion.admin.document;

import io.legion.recording.RecordedPiece;
import java.util.Base64;

/// How far a recording is, with a piece of its file in base 64.
public record RecordedDocument(
        long recording,
        String node,
        String type,
        boolean over,
        boolean pseudonymous,
        long events,
        int steps,
        long missed,
        long leftOut,
        String why,
        int fileBytes,
        String content) {
    public static RecordedDocument of(RecordedPiece piece) {
        var recording = piece.recording();
        return new RecordedDocument(
                recording.number(),
                recording.node().toString(),
                recording.type(),
                recording.isOver(),
                recording.pseudonymous(),
                recording.events(),
                recording.steps(),
                recording.missed(),
                recording.leftOut(),
                recording.why(),
                recording.fileBytes(),
                Base64.getEncoder().encodeToString(piece.content().shared()));
    }
}
