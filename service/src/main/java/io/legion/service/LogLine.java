package io.legion.service;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A message as text: `2026-01-31T12:00:00.123Z WARNING store: message`, then the stack trace.
final class LogLine {

    /// Longer ones are cut, so that one message fits into the smallest log file, even if all of it is
    /// control characters, which take six bytes each.
    static final int MAX_CHARS = 10 * 1024;

    private LogLine() {}

    /// The text of a message, ending in a line feed. Its further lines are indented, so that what a message
    /// carries cannot pass for a message of its own.
    static String of(Instant time, Logger.Priority priority, String name, String message, @Nullable Throwable cause) {
        var text = new StringBuilder(64 + message.length());
        text.append(time).append(' ').append(priority).append(' ');
        if (!name.isEmpty()) {
            text.append(name).append(": ");
        }
        text.append(message);
        if (cause != null) {
            text.append('\n').append(stackTrace(cause));
        }
        return Printable.text(cut(text.toString().strip()).replace("\r\n", "\n").replace('\r', '\n'))
                        .replace("\n", "\n    ")
                + "\n";
    }

    private static String cut(String text) {
        if (text.length() <= MAX_CHARS) {
            return text;
        }
        return text.substring(0, MAX_CHARS) + "... (" + (text.length() - MAX_CHARS) + " more characters cut)";
    }

    private static String stackTrace(Throwable cause) {
        var trace = new StringWriter();
        cause.printStackTrace(new PrintWriter(trace));
        return trace.toString();
    }

    /// The name of a part of what is called `name`.
    static String join(String name, String part) {
        return name.isEmpty() ? part : name + "." + part;
    }
}
