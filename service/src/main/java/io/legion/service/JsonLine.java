package io.legion.service;

/// A message as one line that is a JSON object. Whatever a message carries, it stays inside its string:
/// line ends, control characters, and what turns the direction of letters are escaped.
final class JsonLine {
    /// Of a name, so that a line has room for the message.
    private static final int NAME_CHARS = 256;

    private JsonLine() {}

    static String of(LogLine.Entry entry) {
        var message = LogLine.cut(entry.message(), LogLine.MAX_CHARS);
        var line = new StringBuilder(128 + message.length());
        line.append("{\"time\":\"").append(entry.time()).append("\",\"level\":\"");
        line.append(entry.priority()).append('"');
        text(line, "logger", LogLine.cut(entry.name(), NAME_CHARS));
        text(line, "thread", LogLine.cut(entry.thread(), NAME_CHARS));
        text(line, "message", message);
        var cause = entry.cause();
        if (cause != null) {
            int left = Math.max(0, LogLine.MAX_CHARS - entry.message().length());
            text(line, "exception", LogLine.cut(LogLine.stackTrace(cause), left));
        }
        return line.append("}\n").toString();
    }

    private static void text(StringBuilder line, String key, String value) {
        line.append(",\"").append(key).append("\":\"");
        value.codePoints().forEach(c -> character(line, c));
        line.append('"');
    }

    private static void character(StringBuilder line, int c) {
        switch (c) {
            case '"' -> line.append("\\\"");
            case '\\' -> line.append("\\\\");
            case '\n' -> line.append("\\n");
            case '\r' -> line.append("\\r");
            case '\t' -> line.append("\\t");
            default -> {
                if (Character.getType(c) == Character.SURROGATE) {
                    line.append('\ufffd'); // half of a pair is no character
                } else if (Printable.steers(c)) {
                    Printable.escape(line, c);
                } else {
                    line.appendCodePoint(c);
                }
            }
        }
    }
}
