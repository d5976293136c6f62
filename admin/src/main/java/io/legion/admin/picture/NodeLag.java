package io.legion.admin.picture;

import io.legion.core.NodeId;
import io.legion.core.ParticipantId;
import io.legion.operations.ShardReport;
import io.legion.operations.ShardReport.Phase;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// How far the copies of a node are behind, as the other nodes know it: events have their place in history once every
/// participant is known to have them, so what a node lacks keeps its shards' events outstanding. A copy that is still
/// being made counts for nothing here: nobody waits for it. Nor does a node whose copy holds as many events as the one
/// that waits: then that one lacks what the node has, or has not yet heard of it.
///
/// @param shards in how many shards events wait for the node
/// @param events how many wait there: at most so many lack at the node
/// @param oldest for how long the oldest of them has waited
/// @param why what the shard says whose events have waited longest; empty while that is no longer than usual
/// @param next what to do; empty if there is no reason to do anything
public record NodeLag(int shards, long events, Duration oldest, String why, String next) {
    /// No shard waits for the node.
    public static final NodeLag NONE = new NodeLag(0, 0, Duration.ZERO, "", "");

    /// Those of the nodes that some shard waits for.
    static Map<NodeId, NodeLag> all(List<ShardPicture> shards) {
        var lags = new HashMap<NodeId, NodeLag>();
        for (var shard : shards) {
            shard.leading().stream()
                    .flatMap(copy -> lacking(copy, shard.copies()))
                    .forEach(node -> lags.merge(node, of(shard), NodeLag::and));
        }
        return lags;
    }

    private static Stream<NodeId> lacking(ShardReport waiting, Map<NodeId, ShardReport> copies) {
        return waiting.foldWaits().stream()
                .flatMap(wait -> wait.on().stream())
                .map(ParticipantId::node)
                .distinct()
                .filter(node -> {
                    var copy = copies.get(node);
                    return copy == null || !holdsAll(copy, waiting);
                });
    }

    /// Between epochs the numbers of events tell nothing.
    private static boolean holdsAll(ShardReport copy, ShardReport waiting) {
        return copy.phase() == Phase.PARTICIPATING
                && copy.era() == waiting.era()
                && copy.epoch() == waiting.epoch()
                && held(copy) >= held(waiting);
    }

    private static long held(ShardReport copy) {
        return copy.folded() + copy.outstanding();
    }

    private static NodeLag of(ShardPicture shard) {
        var copy = shard.leading().orElseThrow();
        boolean waits = shard.state() != ShardState.SERVING && shard.state() != ShardState.COPYING;
        return new NodeLag(
                1,
                copy.outstanding(),
                copy.foldWaits().orElseThrow().since(),
                waits ? shard.reason() : "",
                waits ? shard.next() : "");
    }

    private NodeLag and(NodeLag other) {
        var worse = oldest.compareTo(other.oldest) >= 0 ? this : other;
        var told = !worse.why.isEmpty() ? worse : why.isEmpty() ? other : this;
        return new NodeLag(shards + other.shards, events + other.events, worse.oldest, told.why, told.next);
    }
}
