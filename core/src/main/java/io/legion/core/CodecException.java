package io.legion.core;

import java.io.Serial;

/// A value that cannot be written, or bytes that cannot be read. The message says what and where.
///
/// It changes nothing: the codec made no value and handed out no bytes.
public final class CodecException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private String path = "";

    /// A failure at a place not known yet: the levels above add it by [#within(String)].
    ///
    /// @param reason what went wrong
    public CodecException(String reason) {
        super(reason);
    }

    /// A failure with the exception behind it.
    ///
    /// @param reason what went wrong
    /// @param cause the exception behind it
    public CodecException(String reason, Throwable cause) {
        super(reason, cause);
    }

    /// The failure's place, from the outermost value inwards, such as `Account.owner.name`; empty if unknown.
    ///
    /// @return the path
    public String path() {
        return path;
    }

    /// Prefixes the path with the name of a level: each level adds its own while the exception passes.
    ///
    /// @param part the name of one level, such as `owner`
    /// @return this exception
    public CodecException within(String part) {
        path = path.isEmpty() || path.startsWith("[") ? part + path : part + "." + path;
        return this;
    }

    /// The path, where it is known, and the reason.
    @Override
    public String getMessage() {
        return path.isEmpty() ? "" + super.getMessage() : path + ": " + super.getMessage();
    }
}
