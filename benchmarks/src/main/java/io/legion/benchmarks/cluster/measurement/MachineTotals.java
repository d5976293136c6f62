package io.legion.benchmarks.cluster.measurement;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// The whole machine since it started, as Linux tells of it.
///
/// @param busyNanos the processor time of all processes, and what others on its host took of it; 0 where it
///     cannot be known
/// @param sentBytes what was sent over the loopback device, each byte once; 0 where it cannot be known
record MachineTotals(long busyNanos, long sentBytes) {
    private static final Path STATISTICS = Path.of("/proc/stat");
    private static final Path DEVICES = Path.of("/proc/net/dev");

    /// The columns of the statistics: user, nice, system, idle, waiting, interrupts (two), stolen.
    private static final List<Integer> BUSY = List.of(1, 2, 3, 6, 7, 8);

    /// The column of the devices: name, eight of what was received, then what was sent.
    private static final int SENT = 9;

    static MachineTotals now() {
        return parse(lines(STATISTICS), lines(DEVICES));
    }

    static MachineTotals parse(List<String> statistics, List<String> devices) {
        long busy = row("cpu", statistics)
                .mapToLong(row ->
                        BUSY.stream().mapToLong(i -> Long.parseLong(row[i])).sum())
                .sum();
        long sent =
                row("lo:", devices).mapToLong(row -> Long.parseLong(row[SENT])).sum();
        return new MachineTotals(busy * Task.NANOS_PER_TICK, sent);
    }

    private static Stream<String[]> row(String name, List<String> lines) {
        return lines.stream().map(line -> line.strip().split("\\s+")).filter(row -> row[0].equals(name));
    }

    private static List<String> lines(Path file) {
        try {
            return Files.isReadable(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException unknown) {
            return List.of();
        }
    }
}
