package io.legion.service;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// A [Logger] for tests: it returns all messages, and fails if a warning or an error was not expected.
///
/// ```java
/// try (var logger = RecordingLogger.open(new RecordingLogger.Config(1_000))) {
///     ... the test, with logger ...
///     logger.expect(Logger.Priority.WARNING, "is full");
/// }
/// ```
///
/// **Threads.** Any.
public final class RecordingLogger implements Logger, AutoCloseable {

    /// The configuration.
    ///
    /// @param capacity the most messages kept; a test that logs more fails, because it no longer knows whether
    ///     one of them was a warning
    public record Config(@Default("100000") int capacity) {}

    /// One message as it was logged.
    public record Message(
            Priority priority,
            String name,
            String text,
            @Nullable Throwable cause) {}

    private final Recording recording;
    private final String name;

    private RecordingLogger(Recording recording, String name) {
        this.recording = recording;
        this.name = name;
    }

    /// Opens it with room for 100,000 messages.
    public static RecordingLogger open() {
        return open(new Config(100_000));
    }

    /// Opens it.
    public static RecordingLogger open(Config config) {
        return new RecordingLogger(new Recording(config.capacity()), "");
    }

    @Override
    public boolean isEnabled(Priority priority) {
        return true;
    }

    @Override
    public void log(Priority priority, String message, @Nullable Throwable cause) {
        recording.add(new Message(priority, name, message, cause));
    }

    @Override
    public RecordingLogger named(String name) {
        return new RecordingLogger(recording, LogLine.join(this.name, name));
    }

    /// All messages so far, in the order of logging, of this logger and all named after it.
    public List<Message> messages() {
        return recording.snapshot();
    }

    /// The messages of one priority that contain `part`, in their order.
    public List<Message> messages(Priority priority, String part) {
        return messages().stream().filter(matching(priority, part)).toList();
    }

    /// Says that messages of `priority` that contain `part` are expected, and were logged.
    ///
    /// @throws AssertionError if none was
    public void expect(Priority priority, String part) {
        if (messages(priority, part).isEmpty()) {
            throw new AssertionError("Expected a message of priority " + priority + " that contains \"" + part
                    + "\", but there were only: " + messages());
        }
        allow(priority, part);
    }

    /// Says that messages of `priority` that contain `part` are fine, whether or not they come.
    public void allow(Priority priority, String part) {
        recording.allow(matching(priority, part));
    }

    /// Fails if there was a warning or an error that was neither expected nor allowed.
    ///
    /// @throws AssertionError with those messages; the first cause among them is its cause
    public void failOnUnexpected() {
        recording.failOnUnexpected();
    }

    /// Ends the test: the same as [#failOnUnexpected].
    @Override
    public void close() {
        failOnUnexpected();
    }

    private static Predicate<Message> matching(Priority priority, String part) {
        return message -> message.priority() == priority && message.text().contains(part);
    }

    /// What the loggers of one test share.
    private static final class Recording {

        private final ReentrantLock lock = new ReentrantLock();
        private final List<Message> messages = new ArrayList<>();
        private final List<Predicate<Message>> allowed = new ArrayList<>();
        private final int capacity;
        private long lost;

        Recording(int capacity) {
            this.capacity = capacity;
        }

        void add(Message message) {
            lock.lock();
            try {
                if (messages.size() < capacity) {
                    messages.add(message);
                } else {
                    lost++;
                }
            } finally {
                lock.unlock();
            }
        }

        void allow(Predicate<Message> fine) {
            lock.lock();
            try {
                allowed.add(fine);
            } finally {
                lock.unlock();
            }
        }

        List<Message> snapshot() {
            lock.lock();
            try {
                return List.copyOf(messages);
            } finally {
                lock.unlock();
            }
        }

        void failOnUnexpected() {
            lock.lock();
            try {
                if (lost > 0) {
                    throw new AssertionError(lost + " messages were logged beyond the capacity of " + capacity + ".");
                }
                var unexpected = messages.stream().filter(this::isUnexpected).toList();
                if (!unexpected.isEmpty()) {
                    throw new AssertionError("Unexpected warnings or errors: " + unexpected, firstCause(unexpected));
                }
            } finally {
                lock.unlock();
            }
        }

        private boolean isUnexpected(Message message) {
            return message.priority().compareTo(Priority.WARNING) >= 0
                    && allowed.stream().noneMatch(fine -> fine.test(message));
        }

        private static @Nullable Throwable firstCause(List<Message> messages) {
            for (var message : messages) {
                if (message.cause() != null) {
                    return message.cause();
                }
            }
            return null;
        }
    }
}
