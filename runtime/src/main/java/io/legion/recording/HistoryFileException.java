package io.legion.recording;

import org.jspecify.annotations.Nullable;

/// A file is no golden history, or not a whole one. The message names the file and the line, and says what to do.
public final class HistoryFileException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// @param message as sentences
    public HistoryFileException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
