package io.legion.admin.api;

import io.legion.admin.document.KeysDocument;
import io.legion.admin.picture.EachNode;
import io.legion.admin.picture.EachNode.Answer;
import io.legion.core.Bytes;
import io.legion.core.NodeId;
import io.legion.operations.ByteText;
import io.legion.operations.KeyPage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The keys of all partitions of a type: those of the shards that the first node serves, then of the next one.
///
/// @param members in the order of their ids
record KeyListing(EachNode nodes, List<NodeId> members, String type, Bytes prefix) {
    private static final String YOUNG = "Partitions that are new within the last seconds may be missing.";

    /// A page makes no more calls than these.
    private static final int MOST_CALLS = 10;

    /// A key, and the node that listed it.
    record Listed(NodeId node, KeyPage.Found found) {
        KeysDocument.Key document() {
            return new KeysDocument.Key(ByteText.of(found.key().bytes()), found.shard());
        }
    }

    /// A page.
    ///
    /// @param complete false if a node did not answer
    /// @param next from where the next page goes on
    record Page(List<Listed> keys, boolean complete, Optional<KeyToken> next, String note) {}

    Page page(Optional<KeyToken> from, int limit) {
        var keys = new ArrayList<Listed>();
        var missing = new ArrayList<String>();
        var next = from.or(() -> beginningAfter(Optional.empty()));
        for (int call = 0; call < MOST_CALLS && keys.size() < limit && next.isPresent(); call++) {
            var token = next.get();
            int rest = limit - keys.size();
            var answer = nodes.ask(token.node(), node -> node.keys(type, prefix, token.bookmark(), rest));
            next = switch (answer) {
                case Answer.Given<KeyPage>(var page) -> {
                    page.keys().forEach(key -> keys.add(new Listed(token.node(), key)));
                    yield page.next()
                            .map(bookmark -> new KeyToken(token.node(), bookmark))
                            .or(() -> beginningAfter(Optional.of(token.node())));
                }
                case Answer.Missing<KeyPage> none -> {
                    missing.add(none.why());
                    yield beginningAfter(Optional.of(token.node()));
                }
            };
        }
        return new Page(keys, missing.isEmpty(), next, note(missing));
    }

    private Optional<KeyToken> beginningAfter(Optional<NodeId> node) {
        return members.stream()
                .filter(member -> node.isEmpty() || member.compareTo(node.get()) > 0)
                .findFirst()
                .map(member -> new KeyToken(member, KeyPage.Bookmark.BEGIN));
    }

    private static String note(List<String> missing) {
        return missing.isEmpty()
                ? YOUNG
                : YOUNG + " The keys of the shards that these nodes serve are missing: " + String.join("; ", missing);
    }
}
