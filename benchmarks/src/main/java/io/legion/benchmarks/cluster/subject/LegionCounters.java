package io.legion.benchmarks.cluster.subject;

import io.legion.Legion;
import io.legion.Partitions;
import io.legion.PlacementSettings;
import io.legion.StartupMode;
import io.legion.benchmarks.Tally;
import io.legion.benchmarks.cluster.load.Counters;
import io.legion.benchmarks.cluster.load.Waiting;
import io.legion.cluster.jgroups.JGroupsCluster;
import io.legion.core.Consistency;
import io.legion.operations.ShardReport;
import io.legion.service.Logger;
import io.legion.service.Managed;
import io.legion.service.MicrometerMonitor;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;

/// Counters in Legion: a partition each.
final class LegionCounters implements Counters {
    /// Many, because the cluster serves nothing while it forms.
    private static final int COPIES_AT_ONCE = 64;

    private final Managed.Scope<Legion> scope;
    private final Partitions<Tally> tallies;
    private final Consistency consistency;

    private LegionCounters(Managed.Scope<Legion> scope, Consistency consistency) {
        this.scope = scope;
        this.tallies = scope.handle().partitions(Tally.TYPE);
        this.consistency = consistency;
    }

    /// Starts a node, and waits until every shard has a copy on every node.
    ///
    /// @param registry where the node's meters go, as `meters` says
    static LegionCounters open(
            NodeOfLegion node, MicrometerMonitor.Config meters, MeterRegistry registry, Logger logger) {
        var addresses = node.addresses();
        var settings = Legion.named("benchmark")
                .durability(node.kept().durability())
                .placement(placement(node.mode(), addresses.size()))
                .startup(
                        node.self() == 0
                                ? new StartupMode.NewCluster()
                                : new StartupMode.JoinCluster(List.of(addresses.getFirst())))
                .settings();
        var cluster = JGroupsCluster.Config.of(addresses.get(node.self()), addresses.toArray(String[]::new));
        var scope = Managed.of(() -> MicrometerMonitor.open(meters, registry))
                .flatMap(monitor -> node.kept()
                        .store(node.directory(), logger, monitor)
                        .flatMap(store -> Managed.of(() -> JGroupsCluster.open(cluster, logger, monitor))
                                .flatMap(peers -> Managed.of(() -> Legion.with(settings)
                                        .store(store)
                                        .cluster(peers)
                                        .logger(logger)
                                        .monitor(monitor)
                                        .open(Tally.TYPE)))))
                .open();
        Waiting.until(
                "every shard has a copy on each of " + addresses.size() + " nodes",
                () -> hasAll(scope.handle(), settings.shards(), addresses.size()));
        return new LegionCounters(scope, node.mode().consistency());
    }

    private static PlacementSettings placement(Mode mode, int nodes) {
        return PlacementSettings.defaults()
                .withReplicas(nodes)
                .withCopiesAtOnce(COPIES_AT_ONCE)
                .withRoute(mode.route());
    }

    private static boolean hasAll(Legion legion, int shards, int nodes) {
        var reports = legion.operations().shards();
        return reports.size() == shards
                && reports.stream()
                        .allMatch(report -> report.phase() == ShardReport.Phase.PARTICIPATING
                                && report.participants().size() == nodes);
    }

    /// The node itself.
    Legion legion() {
        return scope.handle();
    }

    @Override
    public long increment(String key) {
        return tallies.of(key).request(new Tally.Increment(1), consistency).output();
    }

    @Override
    public long read(String key) {
        return tallies.of(key).read(Consistency.FINAL).count();
    }

    @Override
    public void close() {
        scope.close();
    }
}
