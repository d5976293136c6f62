package io.legion.admin.api;

import io.legion.admin.observation.Observer;
import io.legion.admin.picture.EachNode;
import io.legion.http.ApiReply;
import io.legion.http.ApiRequest;
import io.legion.http.Route;
import java.util.List;

/// Copies that stand aside, and requests that did not get into history.
public final class CopiesApi {
    private static final int LIMIT = 200;

    private final Observer observer;
    private final EachNode nodes;

    public CopiesApi(Observer observer, EachNode nodes) {
        this.observer = observer;
        this.nodes = nodes;
    }

    /// The routes.
    public List<Route> routes() {
        return List.of(new Route("GET", "/divergent", this::divergent));
    }

    private ApiReply divergent(ApiRequest request) {
        Parameters.requireOnly(request, "after", "limit");
        var after = request.query("after").map(CopyPlace::parse);
        int limit = Parameters.limit(request, LIMIT);
        return Replies.of(new AsideListing(nodes, observer.now().picture()).page(after, limit));
    }
}
