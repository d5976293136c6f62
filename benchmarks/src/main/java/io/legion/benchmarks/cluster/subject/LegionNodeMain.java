package io.legion.benchmarks.cluster.subject;

import io.legion.benchmarks.cluster.load.Counters;
import io.legion.benchmarks.cluster.load.LoadedNode;
import io.legion.service.ConsoleLogger;
import io.legion.service.Logger;
import io.legion.service.MicrometerMonitor;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.InstantSource;
import java.util.Arrays;

/// One node of Legion under load. Arguments: whether it is watched, the mode, the store, the node's directory,
/// its number from 0, and the addresses of all nodes. See [LoadedNode] for the rest.
public final class LegionNodeMain {
    private LegionNodeMain() {}

    /// Runs the node until its orders end.
    public static void main(String[] arguments) {
        var out = System.out;
        // What a library prints is not an answer.
        System.setOut(System.err);
        System.exit(LoadedNode.run(() -> node(arguments), System.in, out, System.err));
    }

    private static Counters node(String[] arguments) {
        var node = NodeOfLegion.parse(Arrays.copyOfRange(arguments, 1, arguments.length));
        var logger = ConsoleLogger.open(
                new ConsoleLogger.Config(Logger.Priority.WARNING), System.err, InstantSource.system());
        return Boolean.parseBoolean(arguments[0])
                ? WatchedCounters.open(node, logger)
                : LegionCounters.open(node, new MicrometerMonitor.Config(false), new SimpleMeterRegistry(), logger);
    }
}
