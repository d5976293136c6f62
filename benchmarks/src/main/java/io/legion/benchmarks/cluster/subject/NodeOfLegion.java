package io.legion.benchmarks.cluster.subject;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/// One node of Legion under measurement, as the arguments of its process say.
///
/// @param directory the node's own
/// @param self which of the nodes this is, from 0; the first founds the cluster
/// @param addresses of all nodes
record NodeOfLegion(Mode mode, Kept kept, Path directory, int self, List<String> addresses) {

    /// @param arguments the mode, the store, the node's directory, its number, and the addresses of all nodes
    static NodeOfLegion parse(String[] arguments) {
        return new NodeOfLegion(
                Mode.valueOf(arguments[0]),
                Kept.valueOf(arguments[1]),
                Path.of(arguments[2]),
                Integer.parseInt(arguments[3]),
                List.copyOf(Arrays.asList(arguments).subList(4, arguments.length)));
    }
}
