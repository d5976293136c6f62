package io.legion.command.client;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

/// What a request is about, as it stands in its first line: each part of a path, and each value of a query, encoded by
/// itself.
///
/// @param text the path, and the query after a question mark
public record Target(String text) {
    /// A path of these segments. A slash in one of them stays a part of it.
    public static Target of(String... segments) {
        return new Target(Arrays.stream(segments).map(Target::encoded).collect(Collectors.joining("/", "/", "")));
    }

    /// This, with one more parameter.
    public Target with(String name, Object value) {
        var separator = text.indexOf('?') < 0 ? "?" : "&";
        return new Target(text + separator + name + "=" + encoded(value.toString()));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
