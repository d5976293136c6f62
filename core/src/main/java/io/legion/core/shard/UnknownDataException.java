package io.legion.core.shard;

/// The store or another node has something that is intact, and that this release of the service does not know:
/// a partition type, an event, or a state of another form. Whoever meets it stops, since a release that knows
/// it would go another way.
public sealed class UnknownDataException extends IllegalStateException permits UnknownVersionException {
    private static final long serialVersionUID = 1L;

    /// @param message what is unknown, and which release to start
    public UnknownDataException(String message) {
        super(message);
    }

    /// @param message what is unknown, and which release to start
    /// @param cause what the codec said
    public UnknownDataException(String message, Throwable cause) {
        super(message, cause);
    }
}
