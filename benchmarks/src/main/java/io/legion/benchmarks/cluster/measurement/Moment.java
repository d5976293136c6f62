package io.legion.benchmarks.cluster.measurement;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/// What this process and the machine have used until a moment.
///
/// @param compilationMillis how long the just-in-time compilers have worked, for where threads are not known
public record Moment(
        long nanos, long cpuNanos, long compilationMillis, long allocatedBytes, Tasks tasks, MachineTotals machine) {

    /// Everything until now.
    public static Moment now() {
        var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        return new Moment(
                System.nanoTime(),
                system.getProcessCpuTime(),
                compiling(),
                threads.getTotalThreadAllocatedBytes(),
                Tasks.now(),
                MachineTotals.now());
    }

    private static long compiling() {
        var compilers = ManagementFactory.getCompilationMXBean();
        return compilers == null ? 0 : compilers.getTotalCompilationTime();
    }

    /// What was used between the other moment and this one.
    public Usage since(Moment begin) {
        var done = tasks.since(begin.tasks);
        long compiled = (compilationMillis - begin.compilationMillis) * 1_000_000;
        return new Usage(
                nanos - begin.nanos,
                cpuNanos - begin.cpuNanos,
                done.areKnown() ? done.cpuNanos(Task::compiles) : compiled,
                done.cpuNanos(Task::collects),
                allocatedBytes - begin.allocatedBytes,
                done.switches(),
                machine.busyNanos() - begin.machine.busyNanos(),
                machine.sentBytes() - begin.machine.sentBytes());
    }
}
