package io.legion.service;

/// A configuration that cannot be used. The message is for a person: it names the file, the line and the key,
/// and says what is wrong and what would be right. A `main` prints it alone, without a stack trace.
///
/// Nothing was opened.
public final class ConfigurationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /// With a message for a person.
    public ConfigurationException(String message) {
        super(message);
    }

    /// With a message for a person, and what led to it.
    public ConfigurationException(String message, Throwable cause) {
        super(message, cause);
    }
}
