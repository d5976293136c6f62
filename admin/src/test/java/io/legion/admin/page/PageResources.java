package io.legion.admin.page;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/// The files of the page, as they are on the class path.
final class PageResources {
    private static final String DIRECTORY = "/io/legion/admin/page/";

    private PageResources() {}

    /// The names that the list of the page's files has.
    static List<String> names() throws IOException {
        return text("files").lines().toList();
    }

    static String text(String name) throws IOException {
        return new String(read(name), StandardCharsets.UTF_8);
    }

    static byte[] read(String name) throws IOException {
        try (var file = PageResources.class.getResourceAsStream(DIRECTORY + name)) {
            return Objects.requireNonNull(file, name).readAllBytes();
        }
    }

    static String mediaType(String name) {
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "html" -> "text/html; charset=utf-8";
            case "css" -> "text/css; charset=utf-8";
            case "js" -> "text/javascript; charset=utf-8";
            case "svg" -> "image/svg+xml";
            case "txt" -> "text/plain; charset=utf-8";
            default -> throw new IllegalArgumentException("no media type for " + name);
        };
    }
}
