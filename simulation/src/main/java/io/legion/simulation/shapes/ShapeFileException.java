package io.legion.simulation.shapes;

import org.jspecify.annotations.Nullable;

/// A file of shapes cannot be read or written, or is none. The message names the file, and says what to do. Files that
/// were there are as they were.
public final class ShapeFileException extends RuntimeException {
    private static final long serialVersionUID = 1;

    ShapeFileException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
