package io.legion.admin.api;

import io.legion.http.ApiReply;
import io.legion.http.Route;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/// The description of the API, for people and programs.
public final class OpenApi {
    private static final String RESOURCE = "/io/legion/admin/openapi.yaml";

    private final byte[] text;

    /// Reads it.
    public OpenApi() {
        try (var in = OpenApi.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("the resource " + RESOURCE + " is missing");
            }
            text = in.readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /// The route.
    public List<Route> routes() {
        return List.of(
                new Route("GET", "/openapi.yaml", _ -> ApiReply.shared(200, "application/yaml; charset=utf-8", text)));
    }
}
