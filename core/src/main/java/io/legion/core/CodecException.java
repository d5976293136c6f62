package io.legion.core;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/// A value that can not be written, or bytes that can not be read. The message says what and where.
///
/// Nothing has changed when it is thrown: no value was made, and no bytes were handed out.
public final class CodecException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String reason;
    private final String path;

    /// A failure at a place that is not known yet: whoever knows it adds it by [#within(String)].
    ///
    /// @param reason what went wrong
    public CodecException(String reason) {
        this(reason, "", null);
    }

    /// A failure with the exception behind it.
    ///
    /// @param reason what went wrong
    /// @param cause the exception behind it
    public CodecException(String reason, Throwable cause) {
        this(reason, "", cause);
    }

    private CodecException(String reason, String path, @Nullable Throwable cause) {
        super(path.isEmpty() ? reason : path + ": " + reason, cause);
        this.reason = reason;
        this.path = path;
    }

    /// Where it happened, from the outermost value inwards, such as `Account.owner.name`; empty when not known.
    ///
    /// @return the path
    public String path() {
        return path;
    }

    /// The same failure, seen from one level further out.
    ///
    /// @param part the name of what holds the place so far, such as `owner`
    /// @return an exception with the longer path and the stack trace of this one
    public CodecException within(String part) {
        String longer = path.isEmpty() || path.startsWith("[") ? part + path : part + "." + path;
        CodecException outer = new CodecException(reason, longer, getCause());
        outer.setStackTrace(getStackTrace());
        return outer;
    }
}
