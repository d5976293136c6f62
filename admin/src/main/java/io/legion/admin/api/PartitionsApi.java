package io.legion.admin.api;

import io.legion.RequestException;
import io.legion.admin.document.IndexDocument;
import io.legion.admin.document.KeysDocument;
import io.legion.admin.document.PartitionDocument;
import io.legion.admin.document.TypesDocument;
import io.legion.admin.observation.Observer;
import io.legion.admin.picture.EachNode;
import io.legion.admin.picture.EachNode.Answer;
import io.legion.core.Bytes;
import io.legion.core.NodeId;
import io.legion.core.PartitionKey;
import io.legion.core.SearchTag;
import io.legion.core.Tag;
import io.legion.http.ApiReply;
import io.legion.http.ApiRequest;
import io.legion.http.HttpException;
import io.legion.http.Route;
import io.legion.operations.ByteText;
import io.legion.operations.NodeReport;
import io.legion.operations.PartitionReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What is in the partitions: their keys, one of them, and the index.
public final class PartitionsApi {
    private static final int LIMIT = 100;

    private final Observer observer;
    private final EachNode nodes;

    public PartitionsApi(Observer observer, EachNode nodes) {
        this.observer = observer;
        this.nodes = nodes;
    }

    /// The routes.
    public List<Route> routes() {
        return List.of(
                new Route("GET", "/types", this::types),
                new Route("GET", "/partitions/{type}", this::keys),
                new Route("GET", "/partitions/{type}/{key}", this::partition),
                new Route("GET", "/states/{type}", this::states),
                new Route("GET", "/index", this::index));
    }

    private ApiReply types(ApiRequest request) {
        Parameters.requireOnly(request);
        return Replies.of(TypesDocument.of(nodes.operations().report().types()));
    }

    /// @throws HttpException 404 if this service has no such type
    private String type(String name) {
        var known = nodes.operations().report().types().stream()
                .map(NodeReport.TypeReport::name)
                .toList();
        if (!known.contains(name)) {
            throw HttpException.notFound(
                    "there is no partition type " + name + " here; the types are " + String.join(", ", known));
        }
        return name;
    }

    private ApiReply keys(ApiRequest request) {
        var page = keyPage(request, type(request.variable("type")));
        var keys = page.keys().stream().map(KeyListing.Listed::document).toList();
        return Replies.of(new KeysDocument(keys, page.next().map(KeyToken::text).orElse(null), page.note()));
    }

    private ApiReply states(ApiRequest request) {
        var type = type(request.variable("type"));
        return Replies.of(new StateListing(nodes, type).page(keyPage(request, type)));
    }

    private KeyListing.Page keyPage(ApiRequest request, String type) {
        Parameters.requireOnly(request, "prefix", "after", "limit");
        var prefix = request.query("prefix").map(ByteText::parse).orElse(Bytes.EMPTY);
        var from = request.query("after").map(KeyToken::parse);
        return new KeyListing(nodes, members(), type, prefix).page(from, Parameters.limit(request, LIMIT));
    }

    private List<NodeId> members() {
        return observer.now().picture().members().map(node -> node.node()).toList();
    }

    private ApiReply partition(ApiRequest request) {
        Parameters.requireOnly(request);
        var type = type(request.variable("type"));
        var key = Parameters.key(request.variable("key"));
        var place = nodes.operations().place(type, key);
        var silent = new ArrayList<String>();
        for (var node : place.participants()) {
            var answer = nodes.ask(node, operations -> operations.partition(type, key));
            switch (answer) {
                case Answer.Given<Optional<PartitionReport>>(var report)
                when report.isPresent() -> {
                    return Replies.of(PartitionDocument.of(
                            report.get(), node, observer.now().picture()));
                }
                case Answer.Given<Optional<PartitionReport>> _ ->
                    silent.add(node + " takes no part in the shard any more");
                case Answer.Missing<Optional<PartitionReport>> none -> silent.add(none.why());
            }
        }
        throw new HttpException(
                503,
                "the partition is in the shard " + place.shard() + ", and no node that has it could be asked"
                        + (silent.isEmpty() ? "" : ": " + String.join("; ", silent))
                        + ". Look at /shards/" + place.shard());
    }

    private ApiReply index(ApiRequest request) {
        Parameters.requireOnly(request, "type", "after", "afterKey", "limit");
        var type = type(
                request.query("type").orElseThrow(() -> HttpException.badRequest("the parameter type is missing")));
        var key = request.query("afterKey").map(Parameters::key);
        var tag = request.query("after").map(text -> new Tag(ByteText.parse(text)));
        if (tag.isEmpty() && key.isPresent()) {
            throw HttpException.badRequest("afterKey goes with after, the tag of that key");
        }
        return Replies.of(IndexDocument.of(found(type, tag, key, Parameters.limit(request, LIMIT))));
    }

    private io.legion.operations.IndexPage found(
            String type, Optional<Tag> tag, Optional<PartitionKey> key, int limit) {
        var from = tag.map(after -> new SearchTag(after, key)).orElse(SearchTag.START);
        try {
            return nodes.operations().index(type, from, limit);
        } catch (RequestException unanswered) {
            throw new HttpException(503, String.valueOf(unanswered.getMessage()));
        }
    }
}
