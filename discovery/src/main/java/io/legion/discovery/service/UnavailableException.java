package io.legion.discovery.service;

/// The registry cannot do this now. Trying again later is harmless.
public final class UnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// With a message for the caller.
    public UnavailableException(String message, Throwable cause) {
        super(message, cause);
    }

    /// With a message for the caller.
    public UnavailableException(String message) {
        super(message);
    }
}
