package io.legion.admin.api;

import io.legion.core.Bytes;
import io.legion.http.ApiReply;
import io.legion.http.ApiRequest;
import io.legion.http.Route;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/// The page's files, from the class path: those that its list names, and no other.
///
/// They hold no secret, so they are for everybody: the page asks for the token itself.
public final class PageFiles {
    private static final String FOLDER = "/io/legion/admin/page/";
    private static final String LIST = FOLDER + "files";
    private static final String FRONT = "index.html";

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "svg", "image/svg+xml; charset=utf-8",
            "txt", "text/plain; charset=utf-8");

    private record PageFile(String type, Bytes content, String tag) {}

    private final List<Route> routes = new ArrayList<>();

    /// Reads them.
    public PageFiles() {
        new String(read(LIST), StandardCharsets.UTF_8)
                .lines()
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .forEach(name -> {
                    var content = read(FOLDER + name);
                    var file = new PageFile(type(name), Bytes.wrap(content), tag(content));
                    var path = name.equals(FRONT) ? "/" : "/page/" + name;
                    routes.add(Route.anonymous("GET", path, request -> reply(request, file)));
                });
    }

    /// The routes.
    public List<Route> routes() {
        return List.copyOf(routes);
    }

    private static ApiReply reply(ApiRequest request, PageFile file) {
        Parameters.requireOnly(request);
        boolean known = request.header("If-None-Match").filter(file.tag::equals).isPresent();
        return (known ? ApiReply.of(304) : ApiReply.shared(200, file.type, file.content.shared()))
                .header("ETag", file.tag)
                .header("Cache-Control", "no-cache"); // kept, and asked for each time
    }

    private static String type(String name) {
        var type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
        if (type == null) {
            throw new IllegalStateException("the page's file " + name + " has none of the endings " + TYPES.keySet());
        }
        return type;
    }

    private static byte[] read(String resource) {
        try (var in = PageFiles.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("the resource " + resource + " is missing");
            }
            return in.readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String tag(byte[] content) {
        try {
            var hash = MessageDigest.getInstance("SHA-256").digest(content);
            return "\"" + HexFormat.of().formatHex(hash, 0, 16) + "\"";
        } catch (NoSuchAlgorithmException never) {
            throw new IllegalStateException("every JDK has SHA-256", never);
        }
    }
}
