package io.legion.command.file;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/// A partition's key in a line: a text, or an object with the hexadecimal digits of bytes that are none.
final class KeyMember {
    private static final String HEX = "hex";
    private static final String PREFIX = "0x";
    private static final Pattern ESCAPE = Pattern.compile("\\\\(\\\\|x([0-9a-fA-F]{2}))");
    private static final int MOST_BYTES = 1024;

    private KeyMember() {}

    /// The member for a key as an admin service writes it: with `\xNN` for control characters, or `0x` and digits.
    static JsonNode of(String shown) {
        if (shown.startsWith(PREFIX)) {
            return JsonNodeFactory.instance.objectNode().put(HEX, shown.substring(PREFIX.length()));
        }
        return StringNode.valueOf(
                ESCAPE.matcher(shown).replaceAll(found -> Matcher.quoteReplacement(meaning(found.group(2)))));
    }

    private static String meaning(@Nullable String digits) {
        return digits == null ? "\\" : Character.toString(HexFormat.fromHexDigits(digits));
    }

    /// Why this is no key; empty if it is one.
    static String problem(JsonNode key) {
        int bytes = bytes(key);
        if (bytes < 0) {
            return "a key is a text, or {\"hex\": \"...\"} with two digits for each byte";
        }
        return bytes == 0 || bytes > MOST_BYTES ? "a key has 1 to " + MOST_BYTES + " bytes, and this one " + bytes : "";
    }

    private static int bytes(JsonNode key) {
        if (key.isString()) {
            return key.asString().getBytes(StandardCharsets.UTF_8).length;
        }
        if (!(key instanceof ObjectNode hex)
                || hex.size() != 1
                || !hex.path(HEX).isString()) {
            return -1;
        }
        try {
            return HexFormat.of().parseHex(hex.path(HEX).asString()).length;
        } catch (IllegalArgumentException noDigits) {
            return -1;
        }
    }
}
