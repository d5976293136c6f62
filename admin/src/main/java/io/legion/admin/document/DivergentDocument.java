package io.legion.admin.document;

import io.legion.core.NodeId;
import io.legion.core.RequestId;
import io.legion.operations.ByteText;
import io.legion.operations.LostEvent;
import io.legion.operations.OverruledCopy;
import io.legion.operations.ShardReport;
import io.legion.operations.StoppedShard;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `/divergent`: a page, in the order of nodes, and at a node of shards.
///
/// @param notKnown the nodes that could not be asked
/// @param counts how many there are on all pages
/// @param next what the next page begins after; null if nothing follows
public record DivergentDocument(
        List<Stopped> stopped,
        List<Overruled> overruled,
        List<Salvage> salvage,
        List<LostRequests> lostRequests,
        List<String> notKnown,
        Counts counts,
        @Nullable String next) {
    /// How many lost events, or requests, of one copy or node are listed.
    public static final int MOST_LISTED = 100;

    /// How many there are.
    ///
    /// @param stopped copies
    /// @param overruled copies
    /// @param salvage copies that have some
    /// @param lostRequests requests
    public record Counts(int stopped, int overruled, int salvage, int lostRequests) {}

    /// A copy that has stopped.
    public record Stopped(String node, int shard, String reason, boolean kept) {
        /// What a node said.
        public static Stopped of(StoppedShard stopped) {
            return new Stopped(stopped.node().toString(), stopped.shard(), stopped.reason(), stopped.kept());
        }
    }

    /// A copy that a forced change has overruled.
    public record Overruled(String node, int shard, boolean complete, List<Lost> lost, long more) {
        /// What a node said.
        public static Overruled of(NodeId node, OverruledCopy copy) {
            var listed = copy.lost().stream().limit(MOST_LISTED).map(Lost::of).toList();
            return new Overruled(
                    node.toString(),
                    copy.shard(),
                    copy.complete(),
                    listed,
                    copy.more() + copy.lost().size() - listed.size());
        }
    }

    /// An event that is in no history.
    record Lost(String request, String event, @Nullable String type, String key, boolean folded) {
        static Lost of(LostEvent lost) {
            return new Lost(
                    lost.request().toString(),
                    lost.event().toString(),
                    lost.type().orElse(null),
                    ByteText.of(lost.key().bytes()),
                    lost.folded());
        }
    }

    /// Requests that are submitted again.
    public record Salvage(String node, int shard, List<String> requests, int more) {
        /// What a node said of a shard.
        public static Salvage of(NodeId node, ShardReport copy) {
            var listed = copy.salvage().stream()
                    .limit(MOST_LISTED)
                    .map(RequestId::toString)
                    .toList();
            return new Salvage(node.toString(), copy.shard(), listed, copy.salvageCount() - listed.size());
        }
    }

    /// Requests that are in no history.
    public record LostRequests(String node, List<String> requests, int more) {
        /// What a node said.
        public static LostRequests of(NodeId node, List<RequestId> requests) {
            var listed = listed(requests);
            return new LostRequests(node.toString(), listed, requests.size() - listed.size());
        }
    }

    private static List<String> listed(List<RequestId> requests) {
        return requests.stream().limit(MOST_LISTED).map(RequestId::toString).toList();
    }
}
