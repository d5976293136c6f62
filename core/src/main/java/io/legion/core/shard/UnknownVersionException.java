package io.legion.core.shard;

/// The release of the service lacks a version of a partition type, or the whole type, which another release brought.
/// While releases are rolled out that is nobody's mistake: a node stops at it before it reads anything of that version.
public final class UnknownVersionException extends UnknownDataException {
    private static final long serialVersionUID = 1L;

    private final String type;
    private final int version;

    /// @param type names the type, for people
    /// @param version that is lacking; 0 if the whole type is, and nothing tells its version
    /// @param message what is unknown, and which release to start
    public UnknownVersionException(String type, int version, String message) {
        super(message);
        this.type = type;
        this.version = version;
    }

    /// Names the type, for people.
    public String type() {
        return type;
    }

    /// The version that is lacking; 0 if the whole type is, and nothing tells its version.
    public int version() {
        return version;
    }
}
