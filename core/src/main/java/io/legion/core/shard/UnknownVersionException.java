package io.legion.core.shard;

/// The release of the service lacks a version of a partition type, or the whole type, which another release brought.
/// While releases are rolled out that is nobody's mistake: a node stops at it before it reads anything of that version.
public final class UnknownVersionException extends UnknownDataException {
    private static final long serialVersionUID = 1L;

    /// @param message what is unknown, and which release to start
    public UnknownVersionException(String message) {
        super(message);
    }
}
