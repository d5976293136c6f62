package io.legion.recording;

import io.legion.core.Bytes;

/// A piece of the file of a recording.
///
/// @param content its bytes from the offset that was asked for, no more than [#MOST_BYTES]; empty at the end of the
///     file, and while the recording goes on
public record RecordedPiece(Recording recording, Bytes content) {
    /// The most bytes of content.
    public static final int MOST_BYTES = 512 * 1024;
}
