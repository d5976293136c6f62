package io.legion.admin.document;

import io.legion.core.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/// Bytes as text: UTF-8 as itself; what is none, or looks like the other, as `0x` and hexadecimal digits.
public final class ByteText {
    private static final String HEX = "0x";

    private ByteText() {}

    /// The text of these bytes.
    public static String of(Bytes bytes) {
        try {
            var text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.shared()))
                    .toString();
            return text.startsWith(HEX) ? hex(bytes) : text;
        } catch (CharacterCodingException binary) {
            return hex(bytes);
        }
    }

    private static String hex(Bytes bytes) {
        return HEX + HexFormat.of().formatHex(bytes.shared());
    }

    /// The bytes of a text.
    ///
    /// @throws IllegalArgumentException if it has no UTF-8, or begins with `0x` and is not hexadecimal
    public static Bytes parse(String text) {
        if (!text.startsWith(HEX)) {
            return Bytes.of(text);
        }
        try {
            return Bytes.wrap(HexFormat.of().parseHex(text, HEX.length(), text.length()));
        } catch (IllegalArgumentException malformed) {
            throw new IllegalArgumentException(
                    "what begins with 0x is hexadecimal, two digits for each byte, and this is not: " + text,
                    malformed);
        }
    }
}
