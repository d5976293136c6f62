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
        return printable(cut.replace("\r\n", "\n").replace('\r', '\n')).replace("\n", "\n    ") + "\n";
    }

    /// Without what would steer a terminal, or turn the direction of its letters: such characters show as
    /// `\u001b`. A message may quote what a stranger sent.
    static String printable(String text) {
        if (text.chars().noneMatch(LogLine::steers)) {
            return text;
        }
        var out = new StringBuilder(text.length() + 16);
        text.chars().forEach(c -> {
            if (steers(c)) {
                escape(out, c);
            } else {
                out.append((char) c);
            }
        });
        return out.toString();
    }

    static void escape(StringBuilder out, int unit) {
        out.append("\\u").append(Integer.toHexString(0x10000 + unit).substring(1));
    }

    static boolean steers(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL -> c != '\n' && c != '\t';
            case Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
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
