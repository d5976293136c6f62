package io.legion.service;

/// Texts of strangers, as a terminal may show them: without what would steer it, or turn the direction of its letters.
/// Such characters show as `\u001b`.
public final class Printable {
    private Printable() {}

    /// The text with its lines and tabs.
    public static String text(String text) {
        return escaped(text, "\n\t");
    }

    /// The text as a part of one line.
    public static String line(String text) {
        return escaped(text, "");
    }

    private static String escaped(String text, String kept) {
        if (text.chars().noneMatch(c -> steers(c, kept))) {
            return text;
        }
        var out = new StringBuilder(text.length() + 16);
        text.chars().forEach(c -> {
            if (steers(c, kept)) {
                escape(out, c);
            } else {
                out.append((char) c);
            }
        });
        return out.toString();
    }

    /// Adds the code unit as an escape.
    static void escape(StringBuilder out, int unit) {
        out.append("\\u").append(Integer.toHexString(0x10000 + unit).substring(1));
    }

    /// True for a character that does not stand in a line as itself.
    static boolean steers(int c) {
        return steers(c, "");
    }

    private static boolean steers(int c, String kept) {
        return switch (Character.getType(c)) {
            case Character.CONTROL -> kept.indexOf(c) < 0;
            case Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }
}
