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
        if (text.codePoints().noneMatch(c -> steers(c, kept))) {
            return text;
        }
        var out = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            if (steers(c, kept)) {
                escape(out, c);
            } else {
                out.appendCodePoint(c);
            }
        });
        return out.toString();
    }

    /// Adds the character as an escape, or as two beyond the first 65,536 characters.
    static void escape(StringBuilder out, int c) {
        for (char unit : Character.toChars(c)) {
            out.append("\\u").append(Integer.toHexString(0x10000 + unit).substring(1));
        }
    }

    /// True for a character that does not stand in a line as itself; half of a pair is none.
    static boolean steers(int c) {
        return steers(c, "");
    }

    private static boolean steers(int c, String kept) {
        return switch (Character.getType(c)) {
            case Character.CONTROL -> kept.indexOf(c) < 0;
            case Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE -> true;
            default -> false;
        };
    }
}
