package io.legion;

/// Legion can not start on this store with these settings. The message says why and what to do.
///
/// Nothing was changed in the store, except that the founding of a cluster may be half done: the next start
/// begins it again.
public final class StartupException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StartupException(String message) {
        super(message);
    }

    StartupException(String message, Throwable cause) {
        super(message, cause);
    }
}
