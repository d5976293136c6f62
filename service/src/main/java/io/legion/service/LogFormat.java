package io.legion.service;

/// How a logger writes its messages.
public enum LogFormat {
    /// For people: `2026-01-31T12:00:00.123Z WARNING store: message`, then the stack trace on indented
    /// lines.
    TEXT,
    /// For programs: each message is one line and one JSON object, with the keys `time` (ISO 8601, UTC),
    /// `level` (a [Logger.Priority]), `logger`, `thread`, `message` and, if something was thrown,
    /// `exception` (its stack trace). A message and its exception are cut together to 10,240 characters.
    JSON;

    /// A message as this format has it, ending in its only line feed that begins a line of its own.
    String line(LogLine.Entry entry) {
        return switch (this) {
            case TEXT -> LogLine.of(entry);
            case JSON -> JsonLine.of(entry);
        };
    }
}
