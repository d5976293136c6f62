package io.legion.service;

import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/// A [Logger] on SLF4J, for services that already log there: the SLF4J provider sets thresholds, format and
/// files.
public final class Slf4jLogger implements Logger, AutoCloseable {

    /// The configuration.
    ///
    /// @param name the name of the SLF4J logger; `named` appends to it after a dot
    public record Config(@Default("legion") String name) {}

    private final org.slf4j.Logger target;

    private Slf4jLogger(org.slf4j.Logger target) {
        this.target = target;
    }

    /// Opens it on the logger that SLF4J gives for the name.
    public static Slf4jLogger open(Config config) {
        return new Slf4jLogger(LoggerFactory.getLogger(config.name()));
    }

    @Override
    public boolean isEnabled(Priority priority) {
        return target.isEnabledForLevel(level(priority));
    }

    @Override
    public void log(Priority priority, String message, @Nullable Throwable cause) {
        // Through the builder, because a message here is a text, never a pattern with {} to fill.
        var event = target.atLevel(level(priority));
        (cause == null ? event : event.setCause(cause)).log(Printable.text(message));
    }

    @Override
    public Logger named(String name) {
        return new Slf4jLogger(LoggerFactory.getLogger(LogLine.join(target.getName(), name)));
    }

    private static Level level(Priority priority) {
        return switch (priority) {
            case DEBUG -> Level.DEBUG;
            case INFO -> Level.INFO;
            case WARNING -> Level.WARN;
            case ERROR -> Level.ERROR;
        };
    }

    /// Does nothing: the provider closes what SLF4J opened.
    @Override
    public void close() {}
}
