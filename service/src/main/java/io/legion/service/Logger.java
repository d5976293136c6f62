package io.legion.service;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Specification of the logger service: where a program tells people what it is doing.
///
/// **Failure.** Logging never throws and never fails its caller: an implementation that cannot write says so
/// once it can write again. **Ordering.** The messages of one thread keep their order. **Threads.** Any thread
/// may call every method.
public interface Logger {

    /// How much a message matters, from the least to the most.
    enum Priority {
        /// For somebody who looks for a cause; off in production.
        DEBUG,
        /// Life cycle: started, joined, stopped.
        INFO,
        /// Degraded, but handled.
        WARNING,
        /// A person must act.
        ERROR
    }

    /// True if a message of this priority would be kept. Cheap: ask before building an expensive message.
    boolean isEnabled(Priority priority);

    /// Logs one message, if its priority is enabled.
    ///
    /// @param cause what was thrown, if the message is about that; its stack trace is kept
    void log(Priority priority, String message, @Nullable Throwable cause);

    /// The same logger for a part of the program: its messages carry `name`, after the name this one has.
    Logger named(String name);

    /// Logs `message` at `priority`, building it only when it is kept.
    default void log(Priority priority, Supplier<String> message) {
        if (isEnabled(priority)) {
            log(priority, message.get(), null);
        }
    }

    /// Logs at [Priority#DEBUG].
    default void debug(String message) {
        log(Priority.DEBUG, message, null);
    }

    /// Logs at [Priority#DEBUG], building the message only when it is kept.
    default void debug(Supplier<String> message) {
        log(Priority.DEBUG, message);
    }

    /// Logs at [Priority#INFO].
    default void info(String message) {
        log(Priority.INFO, message, null);
    }

    /// Logs at [Priority#INFO], building the message only when it is kept.
    default void info(Supplier<String> message) {
        log(Priority.INFO, message);
    }

    /// Logs at [Priority#WARNING].
    default void warning(String message) {
        log(Priority.WARNING, message, null);
    }

    /// Logs at [Priority#WARNING], building the message only when it is kept.
    default void warning(Supplier<String> message) {
        log(Priority.WARNING, message);
    }

    /// Logs at [Priority#WARNING] with what was thrown.
    default void warning(String message, Throwable cause) {
        log(Priority.WARNING, message, cause);
    }

    /// Logs at [Priority#ERROR].
    default void error(String message) {
        log(Priority.ERROR, message, null);
    }

    /// Logs at [Priority#ERROR], building the message only when it is kept.
    default void error(Supplier<String> message) {
        log(Priority.ERROR, message);
    }

    /// Logs at [Priority#ERROR] with what was thrown.
    default void error(String message, Throwable cause) {
        log(Priority.ERROR, message, cause);
    }
}
