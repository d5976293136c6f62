package io.legion.simulation.shapes;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/// The name of a partition type, which may contain any character, as the name of a file: letters and digits of
/// ASCII, `_`,
/// `-` and `.` as they are, all else as `%` and two digits for each byte.
final class TypeFileName {
    private TypeFileName() {}

    static String encode(String type) {
        var name = new StringBuilder();
        for (byte b : type.getBytes(StandardCharsets.UTF_8)) {
            if (isPlain((char) (b & 0xff)) || (b == '.' && !name.isEmpty())) {
                name.append((char) b);
            } else {
                name.append('%').append(HexFormat.of().toHexDigits(b));
            }
        }
        return name.toString();
    }

    private static boolean isPlain(char c) {
        return c < 128 && (Character.isLetterOrDigit(c) || c == '_' || c == '-');
    }

    /// @throws IllegalArgumentException if no name is written so
    static String decode(String name) {
        String type = URLDecoder.decode(name, StandardCharsets.UTF_8);
        if (!encode(type).equals(name)) {
            throw new IllegalArgumentException("\"" + name + "\" is not the name of a type");
        }
        return type;
    }
}
