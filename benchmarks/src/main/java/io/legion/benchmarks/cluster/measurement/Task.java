package io.legion.benchmarks.cluster.measurement;

import java.time.Duration;
import java.util.List;

/// A thread of this process, as Linux tells of it.
///
/// @param name the first 15 letters of it
/// @param cpuNanos its processor time since it began
/// @param switches how often another thread got its processor, because it waited or its time was over
record Task(String name, long cpuNanos, long switches) {
    /// Linux counts in these, whatever its own ticks are.
    static final long NANOS_PER_TICK = Duration.ofMillis(10).toNanos();

    private static final List<String> COMPILERS = List.of("C1 Compiler", "C2 Compiler");

    /// The thread of the JVM's own operations counts too: under load it does the pauses of the collector.
    private static final List<String> COLLECTORS =
            List.of("GC Thread", "G1 ", "ZWorker", "ZDriver", "ZDirector", "ZStat", "ZUncommitter", "VM Thread");

    private static final int USER_TIME = 11;
    private static final int SYSTEM_TIME = 12;

    /// @param stat the file of that name in the thread's directory
    /// @param status the file of that name
    static Task parse(String stat, String status) {
        // The name may contain spaces and brackets, so the columns are counted from its end.
        int end = stat.lastIndexOf(')');
        var columns = stat.substring(end + 2).split(" ");
        long ticks = Long.parseLong(columns[USER_TIME]) + Long.parseLong(columns[SYSTEM_TIME]);
        return new Task(stat.substring(stat.indexOf('(') + 1, end), ticks * NANOS_PER_TICK, switches(status));
    }

    private static long switches(String status) {
        return status.lines()
                .filter(line ->
                        line.startsWith("voluntary_ctxt_switches:") || line.startsWith("nonvoluntary_ctxt_switches:"))
                .mapToLong(line ->
                        Long.parseLong(line.substring(line.indexOf(':') + 1).strip()))
                .sum();
    }

    /// True for a just-in-time compiler.
    boolean compiles() {
        return COMPILERS.stream().anyMatch(name::startsWith);
    }

    /// True for a garbage collector.
    boolean collects() {
        return COLLECTORS.stream().anyMatch(name::startsWith);
    }

    Task since(Task begin) {
        return new Task(name, cpuNanos - begin.cpuNanos, switches - begin.switches);
    }
}
