package io.legion.service;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A [Logger] that appends to a file of bounded size. A full file becomes `name.1`, the earlier `name.1`
/// becomes `name.2`, and the oldest is deleted. All files together never hold more than
/// `maximumSize * (kept + 1)` bytes.
///
/// **Durability.** `log` hands a message to the operating system before it returns, and does not force it to
/// disk. **Failure.** While the file cannot be written, messages are dropped and counted; the next message that
/// can be written follows a line that says how many were dropped and why. **Threads.** Any; each message is
/// written whole. Two processes must not log to the same file.
public final class FileLogger implements Logger, AutoCloseable {

    /// The configuration.
    ///
    /// @param file where to log; its directory is made if it is missing
    /// @param threshold the lowest priority written at first
    /// @param maximumSize of one file, at least 64 KiB
    /// @param kept how many full files to keep beside the current one, 0 to 1000
    /// @param format how a message is written
    public record Config(
            Path file,
            @Default("info") Priority threshold,
            @Default("16 MiB") ByteSize maximumSize,
            @Default("4") int kept,
            @Default("text") LogFormat format) {

        /// @throws IllegalArgumentException if a value is outside its bounds
        public Config {
            if (maximumSize.bytes() < 64 * 1024) {
                throw new IllegalArgumentException("maximumSize must be at least 64 KiB, but is " + maximumSize + ".");
            }
            if (kept < 0 || kept > 1000) {
                throw new IllegalArgumentException("kept must be 0 to 1000, but is " + kept + ".");
            }
        }

        /// As text.
        public Config(Path file, Priority threshold, ByteSize maximumSize, int kept) {
            this(file, threshold, maximumSize, kept, LogFormat.TEXT);
        }
    }

    private final Output output;
    private final String name;

    private FileLogger(Output output, String name) {
        this.output = output;
        this.name = name;
    }

    /// Opens the file for appending.
    ///
    /// @throws java.io.UncheckedIOException if that is not possible; nothing is left open
    public static FileLogger open(Config config, InstantSource clock) {
        var file = RotatingFile.open(config.file(), config.maximumSize().bytes(), config.kept());
        return new FileLogger(new Output(file, config, clock), "");
    }

    @Override
    public boolean isEnabled(Priority priority) {
        return output.threshold.lets(priority);
    }

    @Override
    public void log(Priority priority, String message, @Nullable Throwable cause) {
        if (isEnabled(priority)) {
            output.write(priority, name, message, cause);
        }
    }

    @Override
    public Logger named(String name) {
        return new FileLogger(output, LogLine.join(this.name, name));
    }

    /// What sets the lowest priority written, of this logger and all named after it.
    public LogThreshold threshold() {
        return output.threshold;
    }

    /// Closes the file. Later messages are dropped.
    @Override
    public void close() {
        output.close();
    }

    /// The file, shared by all loggers named after the one that was opened.
    private static final class Output {

        private final ReentrantLock lock = new ReentrantLock();
        private final RotatingFile file;
        private final Config config;
        private final LogThreshold threshold;
        private final InstantSource clock;
        private long dropped;
        private String reason = "";
        private boolean closed;

        Output(RotatingFile file, Config config, InstantSource clock) {
            this.file = file;
            this.config = config;
            this.threshold = new LogThreshold(config.threshold());
            this.clock = clock;
        }

        void write(Priority priority, String name, String message, @Nullable Throwable cause) {
            lock.lock();
            try {
                if (!closed) {
                    append(line(priority, name, message, cause));
                }
            } finally {
                lock.unlock();
            }
        }

        private String line(Priority priority, String name, String message, @Nullable Throwable cause) {
            return config.format().line(LogLine.Entry.now(clock, priority, name, message, cause));
        }

        private void append(String line) {
            try {
                if (dropped > 0) {
                    file.append(line(Priority.WARNING, "log", droppedMessage(), null));
                    dropped = 0;
                }
                file.append(line);
            } catch (IOException failure) {
                // A failing log must not fail the program that logs: the count is what can still be told later.
                dropped++;
                reason = failure.toString();
            }
        }

        private String droppedMessage() {
            return dropped + " messages before this one were dropped, because the log file could not be written: "
                    + reason;
        }

        void close() {
            lock.lock();
            try {
                closed = true;
                file.close();
            } finally {
                lock.unlock();
            }
        }
    }
}
