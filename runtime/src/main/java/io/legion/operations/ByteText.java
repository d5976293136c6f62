package io.legion.operations;

import io.legion.core.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Bytes as text that a person can read, type, and put into a path.
///
/// UTF-8 is itself, but that `\xNN` stands for a control character and `\\` for a backslash. What is no UTF-8,
/// or looks like the other, is `0x` and hexadecimal digits.
public final class ByteText {
    private static final String HEX = "0x";
    private static final Pattern UNREADABLE = Pattern.compile("[\\x00-\\x1f\\x7f\\\\]");
    private static final Pattern ESCAPE = Pattern.compile("\\\\(\\\\|x[01][0-9a-fA-F]|x7[fF]|)");

    private ByteText() {}

    /// The text of these bytes.
    public static String of(Bytes bytes) {
        try {
            var text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.shared()))
                    .toString();
            return text.startsWith(HEX) ? hex(bytes) : escaped(text);
        } catch (CharacterCodingException binary) {
            return hex(bytes);
        }
    }

    private static String hex(Bytes bytes) {
        return HEX + HexFormat.of().formatHex(bytes.shared());
    }

    private static String escaped(String text) {
        return UNREADABLE.matcher(text).replaceAll(found -> {
            char character = found.group().charAt(0);
            var escape = character == '\\' ? "\\\\" : "\\x" + HexFormat.of().toHexDigits((byte) character);
            return Matcher.quoteReplacement(escape);
        });
    }

    /// The bytes of a text.
    ///
    /// @throws IllegalArgumentException if it has no UTF-8, if it begins with `0x` and is not hexadecimal, or if a
    ///     backslash in it begins nothing
    public static Bytes parse(String text) {
        if (!text.startsWith(HEX)) {
            return Bytes.of(unescaped(text));
        }
        try {
            return Bytes.wrap(HexFormat.of().parseHex(text, HEX.length(), text.length()));
        } catch (IllegalArgumentException malformed) {
            throw new IllegalArgumentException(
                    "what begins with 0x is hexadecimal, two digits for each byte, and this is not: " + text,
                    malformed);
        }
    }

    private static String unescaped(String text) {
        return ESCAPE.matcher(text).replaceAll(found -> Matcher.quoteReplacement(meaning(found.group(1), text)));
    }

    private static String meaning(String escape, String text) {
        if (escape.isEmpty()) {
            throw new IllegalArgumentException(
                    "a backslash is written \\\\, and a control character \\x and its two digits, such as \\x00; here one"
                            + " begins neither: " + text);
        }
        return escape.equals("\\") ? "\\" : Character.toString(HexFormat.fromHexDigits(escape.substring(1)));
    }
}
