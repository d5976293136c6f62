package io.legion.cluster.test;

import io.legion.Legion;
import io.legion.Partitions;
import io.legion.core.Consistency;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// What a node is told to do: each order is answered with one line that begins with `= `.
///
/// | order | answer |
/// | --- | --- |
/// | `run PAUSE-MS FILLER SEED` | when the [Load] has begun; what it does is told in lines `op` and `final` |
/// | `stop` | when it has stopped |
/// | `states` | for each key its markers, as a FINAL read has them |
/// | `status` | how the shards stand, see [Standing] |
/// | `lost` | the requests that are listed as lost |
/// | `heap` | the bytes of the heap in use after a collection |
/// | `sent` | the bytes sent to others since the start |
/// | `leave MS` | whether everything is handed over |
/// | `fill PARTITIONS CHARACTERS` | when so many partitions have a ballast of so many characters |
final class Orders {
    static final String ANSWER = "= ";

    /// How every line ends: a process that is killed may leave half of one.
    static final String END = " .";

    private final Legion legion;
    private final Partitions<Journal> journals;
    private final MeterRegistry meters;
    private final PrintStream out;
    private final Load load;

    Orders(Legion legion, long life, MeterRegistry meters, PrintStream out) {
        this.legion = legion;
        this.journals = legion.partitions(Journal.TYPE);
        this.meters = meters;
        this.out = out;
        this.load = new Load(journals, life, this::tell);
    }

    private void tell(String line) {
        out.println(line + END);
    }

    void ready() {
        tell(ANSWER + legion.node());
    }

    void obey(String[] order) throws InterruptedException {
        String answer;
        try {
            answer = answer(order);
        } catch (RuntimeException failure) {
            failure.printStackTrace(System.err);
            answer = "failed: " + failure;
        }
        tell(ANSWER + answer);
    }

    private String answer(String[] order) throws InterruptedException {
        return switch (order[0]) {
            case "run" -> {
                var pause = Duration.ofMillis(Long.parseLong(order[1]));
                load.start(pause, Integer.parseInt(order[2]), Long.parseLong(order[3]));
                yield "running";
            }
            case "stop" -> {
                load.stop();
                yield "stopped";
            }
            case "states" -> states();
            case "status" -> status();
            case "lost" ->
                legion.operations().lostRequests().stream()
                        .map(Object::toString)
                        .collect(Collectors.joining(" "));
            case "heap" -> String.valueOf(heap());
            case "sent" ->
                String.valueOf(
                        (long) meters.counter("legion.cluster.bytes.sent").count());
            case "leave" -> String.valueOf(legion.operations().leave(Duration.ofMillis(Long.parseLong(order[1]))));
            case "fill" -> {
                fill(Integer.parseInt(order[1]), "y".repeat(Integer.parseInt(order[2])));
                yield "filled";
            }
            default -> throw new IllegalArgumentException("unknown order: " + order[0]);
        };
    }

    private String states() {
        return IntStream.range(0, Load.KEYS)
                .mapToObj(key -> journals.of(Load.key(key)).read(Consistency.FINAL).markers().stream()
                        .map(String::valueOf)
                        .collect(Collectors.joining(",")))
                .collect(Collectors.joining(";"));
    }

    private String status() {
        return legion.operations().shards().stream()
                .map(report -> Standing.of(report).line())
                .collect(Collectors.joining(";"));
    }

    private static long heap() {
        var memory = ManagementFactory.getMemoryMXBean();
        memory.gc();
        return memory.getHeapMemoryUsage().getUsed();
    }

    private void fill(int partitions, String ballast) {
        for (int i = 0; i < partitions; i++) {
            journals.of("ballast-" + i).request(new Journal.Fill(ballast), Consistency.FINAL);
        }
    }
}
