package io.legion.admin.api;

import io.legion.admin.document.ActDocument;
import io.legion.admin.observation.Observer;
import io.legion.admin.picture.EachNode;
import io.legion.http.ApiReply;
import io.legion.http.ApiRequest;
import io.legion.http.HttpException;
import io.legion.http.Route;
import io.legion.service.LogThreshold;
import java.util.List;
import java.util.Optional;

/// What operators order. Each order needs a header that no page from elsewhere can send without being asked for
/// it, can be tried without changing anything, and leaves a line in the log.
public final class ActsApi {
    private static final String HEADER = "Legion-Act";
    private static final String YES = "yes";

    private final MemberActs members;
    private final CopyActs copies;
    private final NodeActs nodes;
    private final LogActs log;
    private final Audit audit;

    /// @param threshold what sets the threshold of this node's log; empty if the service gave nothing that does
    public ActsApi(Observer observer, EachNode each, Audit audit, Optional<LogThreshold> threshold) {
        this.members = new MemberActs(observer, each);
        this.copies = new CopyActs(observer, each);
        this.nodes = new NodeActs(observer, each);
        this.log = new LogActs(each, threshold);
        this.audit = audit;
    }

    /// The routes.
    public List<Route> routes() {
        return List.of(
                post("/nodes/{node}/eject", members::eject),
                post("/nodes/{node}/leave", members::leave),
                post("/force", members::force),
                post("/shards/{shard}/copies/{node}/drop", copies::drop),
                post("/rebalancing/pause", nodes::pause),
                post("/rebalancing/resume", nodes::resume),
                post("/clocks", nodes::acceptClocks),
                post("/loggers", log::setThreshold));
    }

    private Route post(String path, Act act) {
        return new Route("POST", path, request -> audited(request, act));
    }

    private ApiReply audited(ApiRequest request, Act act) {
        // Outside of what is audited: an outcome that is too large to be shown is one all the same.
        return Replies.of(audit.around(request, () -> outcome(request, act)));
    }

    private ActDocument outcome(ApiRequest request, Act act) {
        boolean dryRun = isDryRun(request);
        requireHeader(request);
        var outcome = act.carryOut(request, dryRun);
        audit.carriedOut(request, outcome);
        return outcome;
    }

    /// @throws HttpException 403 if the order may come from the page of another site
    static void requireHeader(ApiRequest request) {
        if (request.header(HEADER).filter(YES::equals).isEmpty()) {
            throw new HttpException(
                    403,
                    "an order needs the header \"" + HEADER + ": " + YES
                            + "\", which shows that no page of another site has sent it; nothing was changed");
        }
    }

    private static boolean isDryRun(ApiRequest request) {
        Parameters.requireOnly(request, "dryRun");
        return switch (request.query("dryRun").orElse("false")) {
            case "true" -> true;
            case "false" -> false;
            case String other ->
                throw HttpException.badRequest("dryRun must be true or false, not " + other + "; nothing was changed");
        };
    }

    /// @throws HttpException 400 if there is a body that says something
    static void requireNoBody(ApiRequest request) {
        if (request.body().length > 0
                && !new String(request.body(), java.nio.charset.StandardCharsets.UTF_8)
                        .strip()
                        .equals("{}")) {
            throw HttpException.badRequest("this order has no body; nothing was changed");
        }
    }
}
