package io.legion;

/// Legion cannot start on this store with these settings. The message says why and what to do.
///
/// The store is unchanged, except that the founding of a cluster may be half done: the next start begins it
/// again.
public final class StartupException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StartupException(String message) {
        super(message);
    }

    public StartupException(String message, Throwable cause) {
        super(message, cause);
    }
}
