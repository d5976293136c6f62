package io.legion.admin.api;

import io.legion.admin.document.BackupFactsDocument;
import io.legion.admin.document.Documents;
import io.legion.admin.document.ExtractDocument;
import io.legion.admin.document.PieceDocument;
import io.legion.admin.document.SettledDocument;
import io.legion.admin.order.SettleOrder;
import io.legion.admin.picture.EachNode;
import io.legion.backup.ClusterSource;
import io.legion.core.Bytes;
import io.legion.core.NodeId;
import io.legion.http.ApiReply;
import io.legion.http.ApiRequest;
import io.legion.http.HttpException;
import io.legion.http.Route;
import io.legion.operations.Extract;
import io.legion.operations.Operations;
import io.legion.operations.SettledShard;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// What a backup is made of, for whoever writes it elsewhere: which shards there are, and their states piece by piece.
public final class BackupApi {
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private static final int MOST_TURNS = 1_000;

    private final Operations operations;
    private final ClusterSource source;
    private final Audit audit;

    public BackupApi(EachNode nodes, Audit audit) {
        this.operations = nodes.operations();
        this.source = ClusterSource.of(operations);
        this.audit = audit;
    }

    /// The routes.
    public List<Route> routes() {
        return List.of(
                new Route("GET", "/backup", this::facts),
                new Route("POST", "/backup/settle", request -> audited(request, () -> settle(request))),
                new Route("POST", "/backup/shards/{shard}/extracts", request -> audited(request, () -> open(request))),
                new Route("GET", "/backup/extracts/{node}/{extract}/{section}", this::piece));
    }

    private ApiReply audited(ApiRequest request, Supplier<ApiReply> act) {
        return audit.around(request, () -> {
            ActsApi.requireHeader(request);
            return act.get();
        });
    }

    private ApiReply facts(ApiRequest request) {
        Parameters.requireOnly(request);
        return Replies.of(BackupFactsDocument.of(source.facts()));
    }

    private ApiReply settle(ApiRequest request) {
        Parameters.requireOnly(request);
        var order = Documents.read(request.body(), SettleOrder.class);
        var millis = order.patienceMillis();
        if (millis == null || millis < 1 || millis > LONGEST.toMillis()) {
            throw HttpException.badRequest("patienceMillis must be 1 to " + LONGEST.toMillis() + ", not " + millis);
        }
        var shards = order.shards();
        if (shards == null || shards.isEmpty()) {
            throw HttpException.badRequest("shards must list the numbers of shards");
        }
        shards.forEach(this::requireShard);
        var settled = source.settle(shards, Duration.ofMillis(millis));
        long done = settled.stream().filter(SettledShard::isSettled).count();
        audit.did(request, "for a backup, " + done + " of " + shards.size() + " shards settled");
        return Replies.of(SettledDocument.of(settled));
    }

    private ApiReply open(ApiRequest request) {
        Parameters.requireOnly(request, "least", "turn");
        ActsApi.requireNoBody(request);
        int shard = shard(request.variable("shard"));
        var extract = source.extract(
                shard, request.number("least", 0, 0, Long.MAX_VALUE), (int) request.number("turn", 0, 0, MOST_TURNS));
        audit.did(
                request,
                "all states of shard " + shard + " at position " + extract.position() + " are read from the node "
                        + extract.node());
        return Replies.of(ExtractDocument.of(extract));
    }

    private ApiReply piece(ApiRequest request) {
        Parameters.requireOnly(request, "offset", "expected");
        var extract = new Extract(
                number(request, "extract", Long.MAX_VALUE), NodeId.parse(request.variable("node")), 0, 0, 0);
        int section = (int) number(request, "section", Integer.MAX_VALUE);
        int offset = (int) request.number("offset", 0, 0, Integer.MAX_VALUE);
        var piece = Replies.of(PieceDocument.of(source.piece(extract, section, offset, expected(request))));
        return piece.worth(1); // somebody has ordered the whole, and waits for it
    }

    private static Optional<Bytes> expected(ApiRequest request) {
        return request.query("expected")
                .map(text -> Bytes.wrap(Base64.getUrlDecoder().decode(text)));
    }

    private static long number(ApiRequest request, String variable, long most) {
        var text = request.variable(variable);
        try {
            long number = Long.parseLong(text);
            if (number >= 0 && number <= most) {
                return number;
            }
        } catch (NumberFormatException noNumber) {
            // Refused below, as one outside its bounds.
        }
        throw HttpException.notFound("there is no " + variable + " " + text);
    }

    private int shard(String text) {
        try {
            return requireShard(Integer.parseInt(text));
        } catch (NumberFormatException noNumber) {
            throw HttpException.notFound("there is no shard " + text);
        }
    }

    private int requireShard(int shard) {
        int shards = operations.identity().shards();
        if (shard < 0 || shard >= shards) {
            throw HttpException.notFound(
                    "there is no shard " + shard + "; shards have the numbers 0 to " + (shards - 1));
        }
        return shard;
    }
}
