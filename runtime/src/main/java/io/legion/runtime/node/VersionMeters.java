package io.legion.runtime.node;

import io.legion.core.PartitionType;
import io.legion.core.placement.Member;
import io.legion.core.placement.Members;
import io.legion.core.shard.PartitionTypes;
import io.legion.service.Monitor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Shows which versions of the partition types are active on a node, and which ones the nodes have announced.
///
/// **Threads.** The node's owner sets; any reads.
final class VersionMeters {
    private final Map<Integer, Monitor.Gauge> active = new HashMap<>();
    private final Map<Integer, Monitor.Gauge> newest = new HashMap<>();
    private final Monitor.Gauge holding;

    /// @param all takes what is to be closed
    VersionMeters(Monitor monitor, PartitionTypes types, List<Monitor.Registration> all) {
        for (PartitionType<?> type : types.all()) {
            var tagged = monitor.tagged("type", type.name());
            active.put(type.id(), tagged.gauge("legion.version.active"));
            newest.put(type.id(), tagged.gauge("legion.version.newest"));
        }
        holding = monitor.gauge("legion.version.holding");
        all.addAll(active.values());
        all.addAll(newest.values());
        all.add(holding);
    }

    /// @param least the lowest version of each type that is active in a shard of this node
    void active(Map<Integer, Integer> least) {
        active.forEach((type, gauge) -> gauge.set(least.getOrDefault(type, 0)));
    }

    void announced(Members members) {
        var present = members.all().stream()
                .filter(member -> member.status() != Member.Status.GONE)
                .map(Member::release)
                .toList();
        newest.forEach((type, gauge) -> gauge.set(present.stream()
                .mapToInt(release -> release.type(type).newest())
                .max()
                .orElse(0)));
        holding.set((double) present.stream().filter(release -> release.holds()).count());
    }
}
