package io.legion;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.core.PartitionType;
import io.legion.operations.ShardReport;
import io.legion.runtime.lane.TestLanes;
import io.legion.service.Logger;
import io.legion.service.RecordingLogger;
import io.legion.service.RecordingMonitor;
import io.legion.service.RecordingTracer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;

/// Three nodes in one process, each with a monitor and a tracer of its own, of which all take part in
/// every shard.
final class ThreeBanks implements AutoCloseable {
    /// So many that each node is preferred for some, whatever its random id is.
    static final int SHARDS = 48;
    private static final int NODES = 3;
    private static final long PATIENCE_NANOS = 60_000_000_000L;

    private final Street street = new Street();
    private final RecordingLogger logger = RecordingLogger.open();
    private final List<Legion> nodes = new ArrayList<>();
    private final List<RecordingMonitor> monitors = new ArrayList<>();
    private final List<RecordingTracer> tracers = new ArrayList<>();

    private final UnaryOperator<LegionBuilder> change;
    private final PartitionType<?> type;

    private ThreeBanks(UnaryOperator<LegionBuilder> change, PartitionType<?> type) {
        this.change = change;
        this.type = type;
    }

    static ThreeBanks open() {
        return open(settings -> settings, Account.TYPE);
    }

    /// With other settings and another partition type.
    static ThreeBanks open(UnaryOperator<LegionBuilder> change, PartitionType<?> type) {
        var banks = new ThreeBanks(change, type);
        banks.logger.allow(Logger.Priority.WARNING, "");
        for (int i = 0; i < NODES; i++) {
            banks.open(i == 0);
        }
        soon("every node takes part in every shard", () -> banks.nodes.stream().allMatch(ThreeBanks::isComplete));
        return banks;
    }

    private void open(boolean founds) {
        var monitor = RecordingMonitor.open();
        monitors.add(monitor);
        var tracer = RecordingTracer.open(nodes.size() + 1);
        tracers.add(tracer);
        var settings = Legion.named("bank")
                .shards(SHARDS)
                .startup(founds ? new StartupMode.NewCluster() : new StartupMode.Automatic(false))
                .placement(new PlacementSettings(
                        NODES, Duration.ofMinutes(5), Duration.ofSeconds(1), SHARDS, RequestRoute.PREFERRED, 1, ""));
        nodes.add(change.apply(settings)
                .store(TestLanes.memory())
                .cluster(street.house())
                .logger(logger)
                .monitor(monitor)
                .tracer(tracer)
                .open(type));
    }

    private static boolean isComplete(Legion node) {
        var shards = node.operations().shards();
        return shards.size() == SHARDS
                && shards.stream()
                        .allMatch(shard -> shard.phase() == ShardReport.Phase.PARTICIPATING
                                && shard.participants().size() == NODES);
    }

    Legion node(int number) {
        return nodes.get(number);
    }

    RecordingMonitor monitor(int number) {
        return monitors.get(number);
    }

    RecordingTracer tracer(int number) {
        return tracers.get(number);
    }

    /// The sum of a meter over all nodes.
    double sum(ToDoubleFunction<RecordingMonitor> meter) {
        return monitors.stream().mapToDouble(meter).sum();
    }

    void cutOff(int number) {
        street.cutOff(node(number).node());
    }

    /// Waits until this is so.
    static void soon(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(end);
            LockSupport.parkNanos(5_000_000);
        }
    }

    @Override
    public void close() {
        nodes.forEach(Legion::close);
        street.close();
        logger.close();
    }
}
