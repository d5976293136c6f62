package io.legion.admin.api;

import io.legion.admin.picture.ClusterPicture;
import io.legion.admin.picture.NodePicture;
import io.legion.admin.picture.ShardPicture;
import io.legion.core.NodeId;
import io.legion.core.PartitionKey;
import io.legion.http.ApiRequest;
import io.legion.http.HttpException;
import io.legion.operations.ByteText;
import io.legion.operations.Operations;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// What requests say in their paths and queries.
final class Parameters {
    private Parameters() {}

    /// @throws HttpException 400 if the query has another parameter, or one twice
    static void requireOnly(ApiRequest request, String... known) {
        var names = Set.of(known);
        request.queries().forEach((name, values) -> {
            if (!names.contains(name)) {
                throw HttpException.badRequest("there is no parameter \"" + name + "\" here"
                        + (names.isEmpty() ? "" : ", only " + String.join(", ", known)));
            }
            if (values.size() > 1) {
                throw HttpException.badRequest("the parameter " + name + " is given " + values.size() + " times");
            }
        });
    }

    static int limit(ApiRequest request, int otherwise) {
        return (int) request.number("limit", otherwise, 1, Operations.MOST_OF_A_PAGE);
    }

    /// The node after which a page begins, which may be gone by now.
    static Optional<NodeId> nodeAfter(ApiRequest request) {
        return request.query("after").map(NodeId::parse);
    }

    static NodePicture node(ApiRequest request, ClusterPicture picture) {
        return node(request.variable("node"), picture);
    }

    /// @throws HttpException 404 if there is no such member
    static NodePicture node(String text, ClusterPicture picture) {
        return picture.nodes().stream()
                .filter(node -> node.node().toString().equals(text.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> HttpException.notFound("the cluster has no node " + text + "; its nodes are "
                        + String.join(
                                ", ",
                                picture.nodes().stream()
                                        .map(NodePicture::node)
                                        .map(NodeId::toString)
                                        .toList())));
    }

    /// @throws HttpException 404 if there is no such shard
    static ShardPicture shard(ApiRequest request, ClusterPicture picture) {
        var text = request.variable("shard");
        int last = picture.shards().size() - 1;
        try {
            int number = Integer.parseInt(text);
            if (number >= 0 && number <= last) {
                return picture.shards().get(number);
            }
        } catch (NumberFormatException noNumber) {
            // Refused below, as a number that there is not.
        }
        throw HttpException.notFound("there is no shard " + text + "; shards have the numbers 0 to " + last);
    }

    static PartitionKey key(String text) {
        return new PartitionKey(ByteText.parse(text));
    }

    static <E extends Enum<E>> Optional<E> choice(ApiRequest request, String name, Class<E> type) {
        return request.query(name).map(text -> choice(text, name, type));
    }

    private static <E extends Enum<E>> E choice(String text, String name, Class<E> type) {
        try {
            return Enum.valueOf(type, text.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException none) {
            throw new HttpException(
                    400,
                    "the parameter " + name + " must be one of " + Arrays.toString(type.getEnumConstants()) + ", not "
                            + text);
        }
    }
}
