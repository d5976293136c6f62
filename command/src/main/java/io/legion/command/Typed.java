package io.legion.command;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Keys and tags in a command line. What the commands show as `\u0000` can be typed so, since no terminal takes the
/// character itself.
final class Typed {
    private static final Pattern ESCAPE = Pattern.compile("\\\\u([0-9a-f]{4})");

    private Typed() {}

    /// What is meant by an argument.
    static String meant(String argument) {
        return ESCAPE.matcher(argument)
                .replaceAll(
                        escape -> Matcher.quoteReplacement(Character.toString(Integer.parseInt(escape.group(1), 16))));
    }

    /// What was shown as an argument that a shell takes as it is.
    static String quoted(String shown) {
        return "'" + shown.replace("'", "'\\''") + "'";
    }
}
