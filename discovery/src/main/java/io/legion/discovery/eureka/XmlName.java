package io.legion.discovery.eureka;

import java.util.HexFormat;

/// Map keys as XML element names, in the manner of XStream, with which Eureka's clients read them.
///
/// An underscore becomes two, a dollar sign `_-`, and any other character that a name cannot have `_.` and four
/// hexadecimal digits.
final class XmlName {
    private XmlName() {}

    static String encode(String key) {
        var name = new StringBuilder(key.length() + 4);
        for (int i = 0; i < key.length(); i++) {
            char c = key.charAt(i);
            if (c == '_') {
                name.append("__");
            } else if (c == '$') {
                name.append("_-");
            } else if (isAllowed(c, i == 0)) {
                name.append(c);
            } else {
                name.append("_.").append(HexFormat.of().toHexDigits(c));
            }
        }
        return name.isEmpty() ? "_" : name.toString();
    }

    static String decode(String name) {
        var key = new StringBuilder(name.length());
        int i = 0;
        while (i < name.length()) {
            if (name.startsWith("__", i)) {
                key.append('_');
                i += 2;
            } else if (name.startsWith("_-", i)) {
                key.append('$');
                i += 2;
            } else if (isEscape(name, i)) {
                key.append((char) Integer.parseInt(name, i + 2, i + 6, 16));
                i += 6;
            } else {
                key.append(name.charAt(i++));
            }
        }
        return key.toString();
    }

    private static boolean isEscape(String name, int at) {
        return name.startsWith("_.", at)
                && at + 6 <= name.length()
                && name.substring(at + 2, at + 6).chars().allMatch(c -> Character.digit(c, 16) >= 0);
    }

    private static boolean isAllowed(char c, boolean first) {
        boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        boolean later = (c >= '0' && c <= '9') || c == '-' || c == '.';
        return letter || (!first && later);
    }
}
