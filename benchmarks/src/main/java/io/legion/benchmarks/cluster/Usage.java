package io.legion.benchmarks.cluster;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// What was used of the machine, at one moment since some beginning, or between two.
///
/// @param nanos the time
/// @param cpuNanos the processor time of this process
/// @param busyNanos the processor time of the whole machine, and what others on its host took of it; 0 where it can not
///     be known
/// @param switches the context switches of the whole machine; 0 where they can not be known
record Usage(long nanos, long cpuNanos, long busyNanos, long switches) {
    private static final Path STATISTICS = Path.of("/proc/stat");

    /// Linux counts in these, whatever its own ticks are.
    private static final long NANOS_PER_TICK = Duration.ofMillis(10).toNanos();

    /// The columns of Linux's statistics: user, nice, system, idle, waiting, interrupts (two), stolen.
    private static final List<Integer> BUSY = List.of(1, 2, 3, 6, 7, 8);

    static Usage now() {
        var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long busy = 0;
        long switches = 0;
        for (var line : machine()) {
            var words = line.split("\\s+");
            if (words[0].equals("cpu")) {
                busy = BUSY.stream().mapToLong(i -> Long.parseLong(words[i])).sum() * NANOS_PER_TICK;
            } else if (words[0].equals("ctxt")) {
                switches = Long.parseLong(words[1]);
            }
        }
        return new Usage(System.nanoTime(), system.getProcessCpuTime(), busy, switches);
    }

    private static List<String> machine() {
        try {
            return Files.isReadable(STATISTICS) ? Files.readAllLines(STATISTICS) : List.of();
        } catch (IOException unknown) {
            return List.of();
        }
    }

    Usage since(Usage begin) {
        return new Usage(
                nanos - begin.nanos, cpuNanos - begin.cpuNanos, busyNanos - begin.busyNanos, switches - begin.switches);
    }
}
