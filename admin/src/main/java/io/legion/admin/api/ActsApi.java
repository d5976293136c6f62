package io.legion.admin.api;

import io.legion.admin.document.ActDocument;
import io.legion.admin.document.ActDocument.Refused;
import io.legion.admin.observation.Observer;
import io.legion.admin.picture.ClusterPicture;
import io.legion.admin.picture.EachNode;
import io.legion.admin.picture.EachNode.Answer;
import io.legion.core.NodeId;
import io.legion.http.ApiReply;
import io.legion.http.ApiRequest;
import io.legion.http.HttpException;
import io.legion.http.Route;
import io.legion.operations.UnreachableException;
import io.legion.service.LogThreshold;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

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
                post("/versions/hold", nodes::holdVersions),
                post("/versions/release", nodes::releaseVersions),
                post("/versions/raise", nodes::raiseVersions),
                post("/clocks", nodes::acceptClocks),
                post("/loggers", log::setThreshold));
    }

    private Route post(String path, Act act) {
        return new Route("POST", path, request -> audited(request, act));
    }

    private ApiReply audited(ApiRequest request, Act act) {
        try {
            // Outside of what is audited: an outcome that is too large to be shown is one all the same.
            return Replies.of(audit.around(request, () -> outcome(request, act)));
        } catch (UnreachableException silent) {
            throw isDryRun(request) ? silent : unknown(silent);
        }
    }

    /// The reply to an order that was sent, and of which nobody knows what came.
    private static HttpException unknown(UnreachableException silent) {
        return new HttpException(
                504,
                silent.getMessage() + " The order was sent, and may be carried out, now or later, in whole or in part:"
                        + " look at ./legion status, or at /cluster and /timeline of another node, before you give it"
                        + " again.");
    }

    /// What an order has to know before anything is sent.
    ///
    /// @throws HttpException 409 if nobody can say it: then nothing was sent, so the outcome is known. A 503 of the
    ///     server itself may come after an order was carried out, whose reply found no room
    static <T> T beforehand(Supplier<T> question) {
        try {
            return question.get();
        } catch (UnreachableException silent) {
            throw notSent(silent);
        }
    }

    private static HttpException notSent(UnreachableException silent) {
        return new HttpException(409, silent.getMessage() + " The order was not sent; nothing was changed.");
    }

    /// The cluster as it is before an order.
    static ClusterPicture look(Observer observer) {
        return beforehand(() -> observer.anew().picture());
    }

    private ActDocument outcome(ApiRequest request, Act act) {
        boolean dryRun = isDryRun(request);
        requireHeader(request);
        var outcome = carriedOut(request, act, dryRun);
        audit.carriedOut(request, outcome);
        return outcome;
    }

    private static ActDocument carriedOut(ApiRequest request, Act act, boolean dryRun) {
        try {
            return act.carryOut(request, dryRun);
        } catch (UnreachableException silent) {
            throw silent.mayHaveBeenAsked() ? silent : notSent(silent);
        }
    }

    /// The part of an order that a node did not answer.
    static Refused without(NodeId node, Answer.Missing<?> answer, boolean dryRun) {
        return answer.maybeAsked()
                ? Refused.unanswered(node, answer.why(), dryRun)
                : Refused.notAsked(node, answer.why());
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
