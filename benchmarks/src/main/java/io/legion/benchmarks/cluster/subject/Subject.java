package io.legion.benchmarks.cluster.subject;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A system in one configuration, under measurement.
///
/// @param system its name
/// @param mode what its answers mean, by name
/// @param kept where it keeps the state, by name
/// @param processes its nodes; subjects with equal ones are measured on one cluster
public record Subject(String system, String mode, String kept, Processes processes) {
    /// How a node is started.
    ///
    /// @param flags of its JVM, besides those that all have
    /// @param main the class that runs it
    /// @param arguments of the class, before those that every node gets
    public record Processes(List<String> flags, String main, List<String> arguments) {}

    private static final String LEGION = "legion";
    private static final String WATCHED = "watched";

    /// Legion, with answers of this kind and its state kept there.
    public static Subject legion(Mode mode, Kept kept) {
        return nodesOfLegion(LEGION, mode, kept, false);
    }

    /// The same, on nodes that can be watched while others measure them.
    public static Subject watchable(Mode mode, Kept kept) {
        return nodesOfLegion(LEGION, mode, kept, true);
    }

    /// Legion in memory with answers of this kind, watched by a dashboard and by Prometheus while under load: the
    /// cluster of [#watchable].
    static Subject watched(Mode mode) {
        return nodesOfLegion(WATCHED, mode, Kept.MEMORY, true);
    }

    private static Subject nodesOfLegion(String system, Mode mode, Kept kept, boolean watchable) {
        var arguments = List.of(String.valueOf(watchable), mode.name(), kept.name());
        return new Subject(
                system, word(mode), word(kept), new Processes(List.of(), LegionNodeMain.class.getName(), arguments));
    }

    /// As people write it: `rocksdb-forced`.
    public static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// True if it is Legion, rather than a peer.
    public boolean isLegion() {
        return system.equals(LEGION);
    }

    /// True if it is to be watched while it is under load.
    public boolean isWatched() {
        return system.equals(WATCHED);
    }

    /// The arguments of one of its nodes.
    ///
    /// @param directory the node's own
    /// @param self the node's number, from 0
    /// @param addresses of all nodes
    public List<String> arguments(Path directory, int self, List<String> addresses) {
        var all = new ArrayList<>(processes.arguments());
        all.add(directory.toString());
        all.add(String.valueOf(self));
        all.addAll(addresses);
        return all;
    }

    /// For names of files.
    public String fileName() {
        return system + "-" + mode + "-" + kept;
    }

    @Override
    public String toString() {
        return system + " " + mode + ", " + kept;
    }
}
