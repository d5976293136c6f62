package io.legion.benchmarks.hazelcast;

import io.legion.benchmarks.cluster.load.LoadedNode;
import java.util.Arrays;
import java.util.List;

/// One node of Hazelcast under load. Arguments: `sync` or `async`, a directory (not used), the node's number from 0,
/// and the addresses of all nodes. See [LoadedNode] for the rest.
public final class HazelcastNodeMain {
    private HazelcastNodeMain() {}

    /// Runs the node until its orders end.
    public static void main(String[] arguments) {
        var out = System.out;
        // What a library prints is not an answer.
        System.setOut(System.err);
        System.exit(LoadedNode.run(() -> node(arguments), System.in, out, System.err));
    }

    private static HazelcastCounters node(String[] arguments) {
        boolean waits = switch (arguments[0]) {
            case "sync" -> true;
            case "async" -> false;
            default -> throw new IllegalArgumentException("neither sync nor async: " + arguments[0]);
        };
        return HazelcastCounters.open(
                waits,
                Integer.parseInt(arguments[2]),
                List.copyOf(Arrays.asList(arguments).subList(3, arguments.length)));
    }
}
