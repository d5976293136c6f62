package io.legion.admin.document;

import io.legion.admin.picture.ClusterPicture;
import io.legion.admin.picture.NodePicture;
import io.legion.core.Consistency;
import io.legion.operations.LoadReport;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `/load`: what each node has counted since it was started.
public record LoadDocument(Instant at, List<Node> nodes) {
    /// @param latency pairs of a time in microseconds and of how many requests took at most so long
    record Node(
            String node,
            boolean known,
            @Nullable Map<Consistency, Long> requests,
            @Nullable Long reads,
            @Nullable Long refused,
            @Nullable Long refusedHere,
            @Nullable Long timedOut,
            @Nullable Map<Consistency, List<long[]>> latency) {
        static Node of(NodePicture node) {
            var id = node.node().toString();
            return node.facts()
                    .map(facts -> facts.report().load())
                    .map(load -> new Node(
                            id,
                            true,
                            requests(load),
                            load.reads(),
                            load.refused(),
                            load.refusedHere(),
                            load.timedOut(),
                            latency(load)))
                    .orElseGet(() -> new Node(id, false, null, null, null, null, null, null));
        }

        private static Map<Consistency, Long> requests(LoadReport load) {
            var requests = new EnumMap<Consistency, Long>(Consistency.class);
            for (var consistency : Consistency.values()) {
                requests.put(consistency, load.requests(consistency));
            }
            return requests;
        }

        private static Map<Consistency, List<long[]>> latency(LoadReport load) {
            var latency = new EnumMap<Consistency, List<long[]>>(Consistency.class);
            for (var consistency : Consistency.values()) {
                latency.put(
                        consistency,
                        load.latency().getOrDefault(consistency, List.of()).stream()
                                .map(bucket -> new long[] {bucket.upperMicros(), bucket.count()})
                                .toList());
            }
            return latency;
        }
    }

    /// The load in a picture.
    public static LoadDocument of(ClusterPicture picture) {
        return new LoadDocument(picture.at(), picture.members().map(Node::of).toList());
    }
}
