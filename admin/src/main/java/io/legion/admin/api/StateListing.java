package io.legion.admin.api;

import io.legion.admin.api.KeyListing.Listed;
import io.legion.admin.document.StatesDocument;
import io.legion.admin.document.StatesDocument.Partition;
import io.legion.admin.picture.EachNode;
import io.legion.admin.picture.EachNode.Answer;
import io.legion.core.NodeId;
import io.legion.operations.KeyPage;
import io.legion.operations.PartitionReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The partitions of a page of keys, as this node has them, or else the node that listed the key.
record StateListing(EachNode nodes, String type) {
    /// About how many bytes of states a page has, and one state more.
    private static final long ENOUGH_BYTES = 1 << 20;

    StatesDocument page(KeyListing.Page keys) {
        var partitions = new ArrayList<Partition>();
        long bytes = 0;
        for (Listed key : keys.keys()) {
            var answer = partition(key);
            if (answer instanceof Answer.Given<PartitionReport>(var report)) {
                bytes += report.stateBytes();
                if (report.exists()) {
                    partitions.add(Partition.of(report));
                }
            } else if (answer instanceof Answer.Missing<PartitionReport> none) {
                partitions.add(Partition.unknown(key.found().key(), none.why()));
            }
            if (bytes >= ENOUGH_BYTES) {
                return document(partitions, keys, Optional.of(after(key)));
            }
        }
        return document(partitions, keys, keys.next());
    }

    private static StatesDocument document(List<Partition> partitions, KeyListing.Page keys, Optional<KeyToken> next) {
        return new StatesDocument(
                partitions, keys.complete(), next.map(KeyToken::text).orElse(null), keys.note());
    }

    private static KeyToken after(Listed key) {
        return new KeyToken(
                key.node(),
                new KeyPage.Bookmark(
                        key.found().shard(), Optional.of(key.found().key())));
    }

    private Answer<PartitionReport> partition(Listed key) {
        var here = partition(nodes.operations().identity().node(), key);
        return here instanceof Answer.Given<PartitionReport> ? here : partition(key.node(), key);
    }

    private Answer<PartitionReport> partition(NodeId node, Listed key) {
        var answer = nodes.ask(
                node, operations -> operations.partition(type, key.found().key()));
        return switch (answer) {
            case Answer.Given<Optional<PartitionReport>>(var report)
            when report.isPresent() -> new Answer.Given<>(report.get());
            case Answer.Given<Optional<PartitionReport>> _ ->
                new Answer.Missing<>(node + " takes no part in the shard any more", true);
            case Answer.Missing<Optional<PartitionReport>>(var why, var maybeAsked) ->
                new Answer.Missing<>(why, maybeAsked);
        };
    }
}
