package io.legion.command.client;

import java.io.Serial;

/// An admin service gave no answer that serves. The message says what happened, and then what to do.
public final class AdminException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    /// What a program may have to tell apart.
    public enum Kind {
        /// Nobody gave an answer.
        UNANSWERED,
        /// Somebody answered, and wants to know first who asks.
        REFUSED,
        /// The answer is a failure, or none of an admin service.
        FAILED
    }

    private final Kind kind;
    private final String what;
    private final String next;

    /// @param what happened
    /// @param next what to do; empty if that stands in `what`
    public AdminException(Kind kind, String what, String next) {
        super(next.isEmpty() ? what : what + " " + next);
        this.kind = kind;
        this.what = what;
        this.next = next;
    }

    public Kind kind() {
        return kind;
    }

    /// What happened.
    public String what() {
        return what;
    }

    /// What to do; may be empty.
    public String next() {
        return next;
    }
}
