package io.legion.backup;

import org.jspecify.annotations.Nullable;

/// A backup could not be taken, or cannot be used. The message says what happened, what is true now and what to do; it
/// names the file if one is damaged or missing.
public final class BackupException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public BackupException(String message) {
        this(message, null);
    }

    public BackupException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
