package io.legion.admin.api;

import io.legion.admin.document.ClusterDocument;
import io.legion.admin.document.LoadDocument;
import io.legion.admin.document.PeersDocument;
import io.legion.admin.document.ShardDocument;
import io.legion.admin.document.ShardsDocument;
import io.legion.admin.document.TimelineDocument;
import io.legion.admin.observation.Observer;
import io.legion.admin.picture.ShardState;
import io.legion.http.ApiReply;
import io.legion.http.ApiRequest;
import io.legion.http.Route;
import java.time.Instant;
import java.util.List;

/// What a picture of the cluster shows.
public final class ClusterApi {
    private static final int LIMIT = 200;

    private final Observer observer;
    private final Instant since;
    private final KeptReply cluster = new KeptReply(ClusterDocument::of);
    private final KeptReply load = new KeptReply(seen -> LoadDocument.of(seen.picture()));

    /// @param since when the observer began to look
    public ClusterApi(Observer observer, Instant since) {
        this.observer = observer;
        this.since = since;
    }

    /// The routes.
    public List<Route> routes() {
        return List.of(
                new Route("GET", "/cluster", this::cluster),
                new Route("GET", "/shards", this::shards),
                new Route("GET", "/shards/{shard}", this::shard),
                new Route("GET", "/peers/{node}", this::peers),
                new Route("GET", "/load", this::load),
                new Route("GET", "/timeline", this::timeline));
    }

    private ApiReply cluster(ApiRequest request) {
        Parameters.requireOnly(request);
        return cluster.of(observer.now());
    }

    private ApiReply shards(ApiRequest request) {
        Parameters.requireOnly(request, "state", "after", "limit");
        var state = Parameters.choice(request, "state", ShardState.class);
        long after = request.number("after", -1, -1, Integer.MAX_VALUE);
        int limit = Parameters.limit(request, LIMIT);
        var picture = observer.now().picture();
        var found = picture.shards().stream()
                .filter(shard -> shard.shard() > after)
                .filter(shard -> state.isEmpty() || shard.state() == state.get())
                .limit(limit + 1L)
                .map(ShardDocument::of)
                .toList();
        return Replies.of(
                found.size() > limit
                        ? new ShardsDocument(
                                found.subList(0, limit), found.get(limit - 1).shard())
                        : new ShardsDocument(found, null));
    }

    private ApiReply shard(ApiRequest request) {
        Parameters.requireOnly(request);
        var picture = observer.now().picture();
        return Replies.of(ShardDocument.of(Parameters.shard(request, picture)));
    }

    private ApiReply peers(ApiRequest request) {
        Parameters.requireOnly(request, "after", "limit");
        var picture = observer.now().picture();
        var after = Parameters.nodeAfter(request);
        var node = Parameters.node(request, picture);
        return Replies.of(PeersDocument.of(picture, node, after, Parameters.limit(request, LIMIT)));
    }

    private ApiReply load(ApiRequest request) {
        Parameters.requireOnly(request);
        return load.of(observer.now());
    }

    private ApiReply timeline(ApiRequest request) {
        Parameters.requireOnly(request, "after", "limit");
        long after = request.number("after", 0, 0, Long.MAX_VALUE);
        observer.now();
        var events = observer.life().after(after, Parameters.limit(request, LIMIT));
        return Replies.of(TimelineDocument.of(since, events, after));
    }
}
