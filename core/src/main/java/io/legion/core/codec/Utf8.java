package io.legion.core.codec;

import io.legion.core.CodecException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/// Strict UTF-8: it refuses malformed text, since replacing it would make unequal texts equal.
final class Utf8 {
    private static final char REPLACEMENT = '\uFFFD';

    private Utf8() {}

    /// Writes long text, which mostly is ASCII. Then it has as many bytes as characters, and the same bytes as
    /// in Latin-1; the check runs at the speed of memory.
    static void writeLong(String text, WireOutput out) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length == text.length() && new String(bytes, StandardCharsets.ISO_8859_1).equals(text)) {
            out.bytes(bytes);
        } else {
            // Half of a surrogate pair has become one byte too.
            write(text, out);
        }
    }

    static void write(String text, WireOutput out) {
        try {
            ByteBuffer bytes = StandardCharsets.UTF_8
                    .newEncoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .encode(CharBuffer.wrap(text));
            out.varLong(bytes.remaining());
            out.raw(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
        } catch (CharacterCodingException e) {
            throw new CodecException("text with half of a surrogate pair, which has no UTF-8", e);
        }
    }

    static String read(byte[] bytes, int offset, int length) {
        String text = new String(bytes, offset, length, StandardCharsets.UTF_8);
        // The fast way replaces what is malformed: look closer only when a replacement is seen.
        if (text.indexOf(REPLACEMENT) >= 0) {
            requireWellFormed(bytes, offset, length);
        }
        return text;
    }

    private static void requireWellFormed(byte[] bytes, int offset, int length) {
        try {
            StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes, offset, length));
        } catch (CharacterCodingException e) {
            throw new CodecException("text that is not UTF-8", e);
        }
    }
}
