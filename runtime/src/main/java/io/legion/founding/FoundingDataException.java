package io.legion.founding;

import org.jspecify.annotations.Nullable;

/// Data cannot be what a cluster begins with. Nothing of them is served; the message says what to mend.
public final class FoundingDataException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean placed;

    /// @param message says what is wrong, as a sentence
    public FoundingDataException(String message) {
        this(message, null);
    }

    public FoundingDataException(String message, @Nullable Throwable cause) {
        this(message, cause, false);
    }

    private FoundingDataException(String message, @Nullable Throwable cause, boolean placed) {
        super(message, cause);
        this.placed = placed;
    }

    /// The same with the place of the bad record before it, unless there is one already.
    ///
    /// @param place such as `line 17 of accounts.jsonl`
    public FoundingDataException at(String place) {
        return placed ? this : new FoundingDataException(place + ": " + getMessage(), this, true);
    }
}
