package io.legion.service;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// A message as text: `2026-01-31T12:00:00.123Z WARNING store: message`, then the stack trace.
final class LogLine {

    /// Longer ones are cut, so that one message fits into the smallest log file, even if all of it is
    /// control characters, which take six bytes each.
    static final int MAX_CHARS = 10 * 1024;

    private LogLine() {}

    /// A message with what is known of it.
    ///
    /// @param name the part of the program that logs; may be empty
    /// @param thread which one logs
    record Entry(
            Instant time,
            Logger.Priority priority,
            String name,
            String thread,
            String message,
            @Nullable Throwable cause) {
        /// Of the calling thread; one without a name has a number.
        static Entry now(
                InstantSource clock, Logger.Priority priority, String name, String message, @Nullable Throwable cause) {
            var thread = Thread.currentThread();
            var named = thread.getName().isEmpty() ? "#" + thread.threadId() : thread.getName();
            return new Entry(clock.instant(), priority, name, named, message, cause);
        }
    }

    /// The text of a message, ending in a line feed. Its further lines are indented, so that what a message
    /// carries cannot pass for a message of its own.
    static String of(Entry entry) {
        var text = new StringBuilder(64 + entry.message().length());
        text.append(entry.time()).append(' ').append(entry.priority()).append(' ');
        if (!entry.name().isEmpty()) {
            text.append(entry.name()).append(": ");
        }
        text.append(entry.message());
        var cause = entry.cause();
        if (cause != null) {
            text.append('\n').append(stackTrace(cause));
        }
        var cut = cut(text.toString().strip(), MAX_CHARS);
        return Printable.text(cut.replace("\r\n", "\n").replace('\r', '\n')).replace("\n", "\n    ") + "\n";
    }

    static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        return text.substring(0, most) + "... (" + (text.length() - most) + " more characters cut)";
    }

    static String stackTrace(Throwable cause) {
        var trace = new StringWriter();
        cause.printStackTrace(new PrintWriter(trace));
        return trace.toString();
    }

    /// The name of a part of what is called `name`.
    static String join(String name, String part) {
        return name.isEmpty() ? part : name + "." + part;
    }
}
