package io.legion.service;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A [Logger] that counts what another one keeps: the counter `log.messages`, by `priority`. So whoever
/// watches the numbers of a program sees that its log has errors.
public final class MeteredLogger implements Logger {
    private final Logger inside;

    /// Shared by all names.
    private final Map<Priority, Monitor.Counter> kept;

    private MeteredLogger(Logger inside, Map<Priority, Monitor.Counter> kept) {
        this.inside = inside;
        this.kept = kept;
    }

    /// Counts the messages of a logger.
    public static Logger of(Logger inside, Monitor monitor) {
        var kept = new EnumMap<Priority, Monitor.Counter>(Priority.class);
        for (var priority : Priority.values()) {
            var tagged = monitor.tagged("priority", priority.name().toLowerCase(Locale.ROOT));
            kept.put(priority, tagged.counter("log.messages"));
        }
        return new MeteredLogger(inside, kept);
    }

    @Override
    public boolean isEnabled(Priority priority) {
        return inside.isEnabled(priority);
    }

    @Override
    public void log(Priority priority, String message, @Nullable Throwable cause) {
        var counter = kept.get(priority);
        if (counter != null && inside.isEnabled(priority)) {
            counter.increment();
        }
        inside.log(priority, message, cause);
    }

    @Override
    public Logger named(String name) {
        return new MeteredLogger(inside.named(name), kept);
    }
}
