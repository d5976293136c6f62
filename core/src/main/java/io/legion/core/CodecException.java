package io.legion.core;

import java.io.Serial;

/// A value that can not be written, or bytes that can not be read. The message says what and where.
///
/// Nothing has changed when it is thrown: no value was made, and no bytes were handed out.
public final class CodecException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private String path = "";

    /// A failure at a place that is not known yet: whoever knows it adds it by [#within(String)].
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

    /// Where it happened, from the outermost value inwards, such as `Account.owner.name`; empty when not known.
    ///
    /// @return the path
    public String path() {
        return path;
    }

    /// Puts the name of what holds the place before the path: each level adds its own while the exception passes.
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
