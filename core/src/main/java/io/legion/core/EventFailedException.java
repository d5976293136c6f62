package io.legion.core;

/// An event's `apply` threw: the partition's state is as it was before the event, on every replica.
public final class EventFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String reason;

    /// @param reason the class and the message of what `apply` threw
    public EventFailedException(String reason) {
        super("the event failed and changed nothing: " + reason);
        this.reason = reason;
    }

    /// The class and the message of what `apply` threw.
    public String reason() {
        return reason;
    }
}
