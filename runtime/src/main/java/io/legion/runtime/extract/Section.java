package io.legion.runtime.extract;

import io.legion.core.Bytes;
import io.legion.operations.ExtractPiece;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/// A section of an extract, or its end. It deflates its content when somebody asks for that.
///
/// **Threads.** One at a time.
final class Section {
    private final boolean isEnd;
    private final Bytes digest;
    private final long states;
    private final long bytes;
    private final Bytes last;
    private final byte[] content;
    private byte @Nullable [] deflated;

    private Section(boolean isEnd, Bytes digest, long states, long bytes, Bytes last, byte[] content) {
        this.isEnd = isEnd;
        this.digest = digest;
        this.states = states;
        this.bytes = bytes;
        this.last = last;
        this.content = content;
    }

    static Section of(Bytes digest, long states, Bytes last, byte[] content) {
        return new Section(false, digest, states, content.length, last, content);
    }

    static Section end(Bytes digest, long states, long bytes) {
        return new Section(true, digest, states, bytes, Bytes.EMPTY, new byte[0]);
    }

    boolean isEnd() {
        return isEnd;
    }

    /// The piece from this offset on.
    ///
    /// @param expected the digest of a section that whoever asks has already; its content is left out
    /// @param most the most bytes of content
    /// @throws IllegalArgumentException if there is no such offset
    ExtractPiece piece(int offset, Optional<Bytes> expected, int most) {
        if (isEnd || expected.filter(digest::equals).isPresent()) {
            return new ExtractPiece(isEnd, digest, states, bytes, 0, last, Bytes.EMPTY);
        }
        byte[] all = deflated();
        if (offset < 0 || offset >= all.length) {
            throw new IllegalArgumentException(
                    "the section has " + all.length + " bytes, and none at the offset " + offset);
        }
        int to = Math.min(all.length, offset + most);
        return new ExtractPiece(false, digest, states, bytes, all.length, last, Bytes.copyOf(all, offset, to));
    }

    private byte[] deflated() {
        if (deflated == null) {
            deflated = deflate(content);
        }
        return deflated;
    }

    private static byte[] deflate(byte[] content) {
        try (var deflater = new Deflater(Deflater.BEST_SPEED, true)) {
            deflater.setInput(content);
            deflater.finish();
            byte[] out = new byte[content.length / 2 + 64];
            int size = 0;
            while (!deflater.finished()) {
                if (size == out.length) {
                    out = Arrays.copyOf(out, out.length * 2);
                }
                size += deflater.deflate(out, size, out.length - size);
            }
            return Arrays.copyOf(out, size);
        }
    }
}
