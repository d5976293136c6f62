package io.legion.backup;

import io.legion.core.NodeId;
import io.legion.operations.ShardReport;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// What the nodes of a cluster say of its shards, put together.
final class ShardLooks {
    private final List<Map<NodeId, ShardReport>> reports;

    ShardLooks(int shards) {
        this.reports = IntStream.range(0, shards)
                .mapToObj(_ -> (Map<NodeId, ShardReport>) new HashMap<NodeId, ShardReport>())
                .toList();
    }

    /// Takes what a node says.
    void add(NodeId node, ShardReport report) {
        reports.get(report.shard()).put(node, report);
    }

    /// The looks at all shards, in the order of their numbers.
    List<ShardLook> all() {
        var looks = new ArrayList<ShardLook>();
        for (int shard = 0; shard < reports.size(); shard++) {
            looks.add(look(shard, reports.get(shard)));
        }
        return List.copyOf(looks);
    }

    private static ShardLook look(int shard, Map<NodeId, ShardReport> of) {
        long salvage = of.values().stream().mapToLong(ShardReport::salvageCount).sum();
        var taking = of.values().stream()
                .filter(report -> report.phase() == ShardReport.Phase.PARTICIPATING)
                .toList();
        if (taking.isEmpty()) {
            return new ShardLook(shard, false, 0, 0, salvage);
        }
        var first = taking.getFirst();
        boolean quiet = salvage == 0
                && taking.stream().allMatch(report -> isQuiet(report) && isSame(first, report))
                && first.participants().stream()
                        .allMatch(participant -> of.containsKey(participant.id().node()));
        return new ShardLook(shard, quiet, first.folded(), first.historyHash(), salvage);
    }

    private static boolean isQuiet(ShardReport report) {
        return report.outstanding() == 0 && !report.changing() && !report.returning();
    }

    private static boolean isSame(ShardReport one, ShardReport other) {
        return one.era() == other.era()
                && one.epoch() == other.epoch()
                && one.folded() == other.folded()
                && one.historyHash() == other.historyHash();
    }
}
