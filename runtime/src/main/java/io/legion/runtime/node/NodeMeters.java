package io.legion.runtime.node;

import io.legion.core.placement.Member;
import io.legion.core.placement.Members;
import io.legion.core.shard.PartitionTypes;
import io.legion.runtime.lane.CopyState;
import io.legion.service.Monitor;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What a node shows of its shards and of the cluster; `docs/metrics.md` says what each meter means. All
/// gauges are as of the node's last look at its shards: nobody who reads them waits for the node.
///
/// **Threads.** The node's owner sets; any reads.
public final class NodeMeters implements AutoCloseable {
    private final List<Monitor.Registration> all = new ArrayList<>();
    private final Map<CopyState, Monitor.Gauge> copies = new EnumMap<>(CopyState.class);
    private final Map<Member.Status, Monitor.Gauge> members = new EnumMap<>(Member.Status.class);
    private final Monitor.Gauge served;
    private final Monitor.Gauge withoutMajority;
    private final Monitor.Gauge outstanding;
    private final Monitor.Gauge outstandingAge;
    private final Monitor.Gauge salvage;
    private final Monitor.Gauge clockOffset;
    private final Monitor.Gauge unreachable;
    private final VersionMeters versions;
    private final Monitor.Counter lost;
    private final Monitor.Counter refused;

    /// @param types the partition types of the service
    public NodeMeters(Monitor monitor, PartitionTypes types) {
        for (var state : CopyState.values()) {
            copies.put(state, gauge(monitor.tagged("state", word(state)), "legion.copies"));
        }
        for (var status : Member.Status.values()) {
            members.put(status, gauge(monitor.tagged("status", word(status)), "legion.members"));
        }
        served = gauge(monitor, "legion.shards.served");
        withoutMajority = gauge(monitor, "legion.shards.without.majority");
        outstanding = gauge(monitor, "legion.outstanding.events");
        outstandingAge = gauge(monitor, "legion.outstanding.age.seconds");
        salvage = gauge(monitor, "legion.salvage.requests");
        clockOffset = gauge(monitor, "legion.clock.offset.seconds");
        unreachable = gauge(monitor, "legion.members.unreachable");
        versions = new VersionMeters(monitor, types, all);
        lost = monitor.counter("legion.requests.lost");
        refused = monitor.tagged("of", "nodes").counter("legion.refused.here");
    }

    private Monitor.Gauge gauge(Monitor monitor, String name) {
        var gauge = monitor.gauge(name);
        all.add(gauge);
        return gauge;
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// A request was answered FAST, and is lost (R54).
    public void lost() {
        lost.increment();
    }

    /// A call of another node found no room here.
    public void refused() {
        refused.increment();
    }

    /// Shows what the node has counted of all its shards.
    void show(ShardTotals totals) {
        copies.forEach((state, gauge) -> gauge.set(totals.copies.getOrDefault(state, 0)));
        served.set(totals.served);
        withoutMajority.set(totals.withoutMajority);
        outstanding.set((double) totals.outstanding);
        outstandingAge.set(totals.oldestMillis / 1_000.0);
        salvage.set(totals.salvage);
        clockOffset.set(totals.clockOffsetMillis / 1_000);
        versions.active(totals.versions);
    }

    /// Shows what the members have announced of the releases that they run.
    void announced(Members members) {
        versions.announced(members);
    }

    /// Shows how many members have this status.
    void members(Member.Status status, int count) {
        var gauge = members.get(status);
        if (gauge != null) {
            gauge.set(count);
        }
    }

    /// Shows how many members are out of reach.
    void unreachable(int count) {
        unreachable.set(count);
    }

    /// Shows nothing any more.
    @Override
    public void close() {
        all.forEach(Monitor.Registration::close);
    }
}
