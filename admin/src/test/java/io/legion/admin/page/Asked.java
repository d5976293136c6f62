package io.legion.admin.page;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toMap;

import java.net.URI;
import java.net.URLDecoder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// What a request asks for.
record Asked(List<String> segments, Map<String, String> query) {
    static Asked of(URI target) {
        var segments = Arrays.stream(target.getRawPath().substring(1).split("/", -1))
                .map(Asked::decoded)
                .toList();
        var query = target.getRawQuery();
        return new Asked(
                segments,
                query == null
                        ? Map.of()
                        : Arrays.stream(query.split("&"))
                                .map(pair -> pair.split("=", 2))
                                .collect(toMap(pair -> decoded(pair[0]), pair -> decoded(pair[1]))));
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, UTF_8);
    }

    String first() {
        return segments.getFirst();
    }

    int number(String name, int otherwise) {
        return Integer.parseInt(query.getOrDefault(name, Integer.toString(otherwise)));
    }
}
