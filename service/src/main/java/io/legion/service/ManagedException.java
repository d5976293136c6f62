package io.legion.service;

/// An acquisition or a release of a [Managed] threw a checked exception, which is the cause.
///
/// By then everything that had been acquired was released, or its release was tried.
public final class ManagedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private ManagedException(Throwable cause) {
        super(cause.getMessage() == null ? cause.toString() : cause.getMessage(), cause);
    }

    /// What to throw for `thrown`: itself if it is unchecked. Errors are thrown at once.
    static RuntimeException unchecked(Throwable thrown) {
        return switch (thrown) {
            case RuntimeException exception -> exception;
            case Error error -> throw error;
            case InterruptedException interrupt -> {
                Thread.currentThread().interrupt();
                yield new ManagedException(interrupt);
            }
            case Throwable checked -> new ManagedException(checked);
        };
    }
}
