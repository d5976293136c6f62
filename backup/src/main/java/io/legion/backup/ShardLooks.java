package io.legion.backup;

import io.legion.core.NodeId;
import io.legion.operations.ShardReport;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// What the nodes of a cluster say of its shards, put together.
final class ShardLooks {
    private static final Comparator<ShardReport> LATER =
            Comparator.comparingLong(ShardReport::era).thenComparingLong(ShardReport::epoch);

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
        var taking = new TreeMap<NodeId, ShardReport>();
        of.forEach((node, report) -> {
            if (report.phase() == ShardReport.Phase.PARTICIPATING) {
                taking.put(node, report);
            }
        });
        long salvage = of.values().stream().mapToLong(ShardReport::salvageCount).sum();
        if (taking.isEmpty()) {
            return new ShardLook(shard, false, 0, 0, 0, 0, salvage);
        }
        var latest = Collections.max(taking.values(), LATER);
        long waiting = salvage + removedUnawares(taking, latest);
        boolean quiet = waiting == 0
                && taking.values().stream().allMatch(report -> isQuiet(report) && isSame(latest, report))
                && taking.keySet().containsAll(participants(latest));
        return new ShardLook(
                shard, quiet, latest.folded(), latest.historyHash(), latest.era(), latest.epoch(), waiting);
    }

    /// What a node holds that takes part as far as it knows, and was removed: as much of it may become salvage.
    private static long removedUnawares(Map<NodeId, ShardReport> taking, ShardReport latest) {
        var participants = participants(latest);
        return taking.entrySet().stream()
                .filter(one -> !participants.contains(one.getKey()))
                .mapToLong(one -> one.getValue().outstanding())
                .sum();
    }

    private static Set<NodeId> participants(ShardReport report) {
        return report.participants().stream()
                .map(participant -> participant.id().node())
                .collect(Collectors.toSet());
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
