package io.legion.admin.document;

import io.legion.core.Bytes;
import io.legion.operations.ExtractPiece;
import java.util.Base64;

/// A piece of an extract; bytes in base 64.
public record PieceDocument(
        boolean end, String digest, long states, long bytes, int deflatedBytes, String last, String content) {
    public static PieceDocument of(ExtractPiece piece) {
        return new PieceDocument(
                piece.isEnd(),
                base64(piece.digest()),
                piece.states(),
                piece.bytes(),
                piece.deflatedBytes(),
                base64(piece.last()),
                base64(piece.content()));
    }

    private static String base64(Bytes bytes) {
        return Base64.getEncoder().encodeToString(bytes.shared());
    }
}
