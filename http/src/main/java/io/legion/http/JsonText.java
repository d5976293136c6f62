package io.legion.http;

/// A text as a string of JSON: the one thing of JSON that a refusal needs.
final class JsonText {
    private JsonText() {}

    static String quoted(String text) {
        var out = new StringBuilder(text.length() + 2).append('"');
        text.chars().forEach(c -> append(out, (char) c));
        return out.append('"').toString();
    }

    private static void append(StringBuilder out, char c) {
        if (c == '"' || c == '\\') {
            out.append('\\').append(c);
        } else if (c < ' ' || Character.isSurrogate(c)) {
            // Surrogates too: a half one has no UTF-8.
            out.append("\\u").append(Integer.toHexString(0x10000 + c).substring(1));
        } else {
            out.append(c);
        }
    }
}
