package io.legion.benchmarks.cluster.subject;

import io.legion.benchmarks.cluster.load.Counters;
import io.legion.benchmarks.cluster.load.LoadedNode;
import io.legion.service.ConsoleLogger;
import io.legion.service.Logger;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;

/// One node of Legion under load. Arguments: the mode, the store, the node's directory, its number from 0, and the
/// addresses of all nodes. See [LoadedNode] for the rest.
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
        return LegionCounters.open(
                Mode.valueOf(arguments[0]),
                Kept.valueOf(arguments[1]),
                Path.of(arguments[2]),
                Integer.parseInt(arguments[3]),
                List.copyOf(Arrays.asList(arguments).subList(4, arguments.length)),
                ConsoleLogger.open(
                        new ConsoleLogger.Config(Logger.Priority.WARNING), System.err, InstantSource.system()));
    }
}
