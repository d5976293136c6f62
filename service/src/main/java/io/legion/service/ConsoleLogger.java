package io.legion.service;

import java.io.PrintStream;
import java.time.InstantSource;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A [Logger] that prints, for programs that a person or a service supervisor starts.
///
/// **Failure.** What a closed or full stream does not take is lost. **Threads.** Any; the lines of two messages
/// do not mix, as long as only this logger prints to the stream.
public final class ConsoleLogger implements Logger, AutoCloseable {

    /// The configuration.
    ///
    /// @param threshold the lowest priority printed at first
    /// @param format how a message is printed
    public record Config(
            @Default("info") Priority threshold,
            @Default("text") LogFormat format) {
        /// As text.
        public Config(Priority threshold) {
            this(threshold, LogFormat.TEXT);
        }
    }

    private final LogFormat format;
    private final LogThreshold threshold;
    private final PrintStream stream;
    private final InstantSource clock;
    private final ReentrantLock lock;
    private final String name;

    private ConsoleLogger(
            LogFormat format,
            LogThreshold threshold,
            PrintStream stream,
            InstantSource clock,
            ReentrantLock lock,
            String name) {
        this.format = format;
        this.threshold = threshold;
        this.stream = stream;
        this.clock = clock;
        this.lock = lock;
        this.name = name;
    }

    /// Opens it on the standard error, from [Logger.Priority#INFO] on, with the system's clock.
    public static ConsoleLogger open() {
        return open(new Config(Priority.INFO), System.err, InstantSource.system());
    }

    /// Opens it on a stream, which stays open when the logger closes.
    public static ConsoleLogger open(Config config, PrintStream stream, InstantSource clock) {
        var threshold = new LogThreshold(config.threshold());
        return new ConsoleLogger(config.format(), threshold, stream, clock, new ReentrantLock(), "");
    }

    @Override
    public boolean isEnabled(Priority priority) {
        return threshold.lets(priority);
    }

    @Override
    public void log(Priority priority, String message, @Nullable Throwable cause) {
        if (!isEnabled(priority)) {
            return;
        }
        lock.lock();
        try {
            stream.print(format.line(LogLine.Entry.now(clock, priority, name, message, cause)));
            stream.flush();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Logger named(String name) {
        return new ConsoleLogger(format, threshold, stream, clock, lock, LogLine.join(this.name, name));
    }

    /// What sets the lowest priority printed, of this logger and all named after it.
    public LogThreshold threshold() {
        return threshold;
    }

    @Override
    public void close() {
        stream.flush();
    }
}
