package io.legion.admin;

import io.legion.Legion;
import io.legion.core.Applied;
import io.legion.core.Consistency;
import io.legion.core.Event;
import io.legion.core.EventContext;
import io.legion.core.PartitionType;
import io.legion.service.ConsoleLogger;
import io.legion.service.Logger;
import io.legion.service.Monitor;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.logging.Level;

/// A service with a Legion in memory and an admin service, and with a second one of these that has no pace: who asks
/// that one brings the program to what it is after a day. It prints both ports, then obeys orders, a line each: `work
/// MILLIS` does requests one after the other and prints how long they took; `hold` prints what the process holds.
final class AttackedNodeMain {
    private static final int KEYS = 1_000;
    private static final int REQUESTS_THAT_FILL = 2_000_000;
    private static final int BUCKET_NANOS = 20;
    private static final int BUCKETS = 100_000;
    private static final int COLLECTIONS = 3;

    /// Jetty warns of clients' faults. Kept, because a logger without a reference forgets its level.
    private static final java.util.logging.Logger ENGINE = java.util.logging.Logger.getLogger("org.eclipse.jetty");

    private AttackedNodeMain() {}

    record Tally(long value) {
        static final PartitionType<Tally> TYPE =
                PartitionType.named("tally", new Tally(0)).events(Add.class);
    }

    record Add(long number) implements Event<Tally, Long> {
        @Override
        public Applied<Tally, Long> apply(Tally state, EventContext context) {
            return Applied.of(new Tally(state.value + number), state.value + number);
        }
    }

    public static void main(String[] arguments) throws IOException {
        ENGINE.setLevel(Level.SEVERE);
        var logger =
                ConsoleLogger.open(new ConsoleLogger.Config(Logger.Priority.INFO), System.err, InstantSource.system());
        try (var legion = Legion.named("attacked").logger(logger).open(Tally.TYPE);
                var admin = Admin.open(Admin.Config.at(0), legion, () -> "", logger, Monitor.none());
                var fast = Admin.open(TestAdmin.withoutPace(), legion, () -> "", logger, Monitor.none());
                var orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            fill(legion);
            System.out.println(admin.port());
            System.out.println(fast.port());
            for (String order = orders.readLine(); order != null; order = orders.readLine()) {
                System.out.println(order.equals("hold") ? held() : work(legion, Long.parseLong(order.substring(5))));
            }
        }
    }

    /// Afterwards the Legion has in memory what it ever has.
    private static void fill(Legion legion) {
        var tallies = legion.partitions(Tally.TYPE);
        for (int i = 0; i < REQUESTS_THAT_FILL; i++) {
            tallies.of("key-" + i % KEYS).request(new Add(1), Consistency.FAST);
        }
    }

    /// @return how many requests there were, how many milliseconds of processors the process had meanwhile, and the
    ///     median and the 99th percentile in nanoseconds
    private static String work(Legion legion, long millis) {
        var random = new SplittableRandom(1);
        var tallies = legion.partitions(Tally.TYPE);
        var counts = new long[BUCKETS];
        long used = processorMillis();
        long end = System.nanoTime() + millis * 1_000_000;
        for (long begin = System.nanoTime(); begin < end; begin = System.nanoTime()) {
            tallies.of("key-" + random.nextInt(KEYS)).request(new Add(1), Consistency.FAST);
            counts[(int) Math.min(BUCKETS - 1, (System.nanoTime() - begin) / BUCKET_NANOS)]++;
        }
        return Arrays.stream(counts).sum() + " " + (processorMillis() - used) + " " + percentile(counts, 50) + " "
                + percentile(counts, 99);
    }

    /// What all threads have used, those of the JVM too.
    private static long processorMillis() {
        return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toMillis();
    }

    private static long percentile(long[] counts, int percent) {
        long left = Arrays.stream(counts).sum() * percent / 100;
        int bucket = 0;
        while (left >= counts[bucket]) {
            left -= counts[bucket++];
        }
        return (long) bucket * BUCKET_NANOS;
    }

    /// @return the bytes of heap that a collection leaves, the threads, and the file handles
    private static String held() {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc(); // what one frees may hold what the next one frees
        }
        var runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory() + " " + count("/proc/self/task") + " "
                + count("/proc/self/fd");
    }

    private static int count(String directory) {
        var names = new File(directory).list();
        return names == null ? 0 : names.length;
    }
}
