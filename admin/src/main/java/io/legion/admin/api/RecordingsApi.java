package io.legion.admin.api;

import io.legion.admin.document.Documents;
import io.legion.admin.document.RecordedDocument;
import io.legion.admin.order.RecordOrder;
import io.legion.admin.picture.EachNode;
import io.legion.core.Bytes;
import io.legion.http.ApiReply;
import io.legion.http.ApiRequest;
import io.legion.http.HttpException;
import io.legion.http.Route;
import io.legion.operations.Operations;
import io.legion.recording.RecordedPiece;
import java.util.List;

/// Golden histories of what folds at this node, for whoever rehearses a release with them.
public final class RecordingsApi {
    private final Operations operations;
    private final Audit audit;

    public RecordingsApi(EachNode nodes, Audit audit) {
        this.operations = nodes.operations();
        this.audit = audit;
    }

    /// The routes.
    public List<Route> routes() {
        return List.of(
                new Route("POST", "/recordings", request -> audit.around(request, () -> begin(request))),
                new Route("GET", "/recordings/{recording}", this::piece));
    }

    private ApiReply begin(ApiRequest request) {
        ActsApi.requireHeader(request);
        Parameters.requireOnly(request);
        var order = Documents.read(request.body(), RecordOrder.class).order();
        var begun = operations.record(order);
        audit.did(
                request,
                "events of the type '" + order.type() + "' are recorded for "
                        + order.duration().toMillis() + " ms, "
                        + (begun.pseudonymous() ? "under pseudonyms" : "as they are"));
        return Replies.of(RecordedDocument.of(new RecordedPiece(begun, Bytes.EMPTY)));
    }

    private ApiReply piece(ApiRequest request) {
        Parameters.requireOnly(request, "offset");
        int offset = (int) request.number("offset", 0, 0, Integer.MAX_VALUE);
        return Replies.of(RecordedDocument.of(operations.recorded(number(request.variable("recording")), offset)));
    }

    private static long number(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException noNumber) {
            throw HttpException.notFound("there is no recording " + text);
        }
    }
}
