package io.legion.benchmarks.cluster.load;

import io.legion.benchmarks.cluster.measurement.Measurement;
import io.legion.benchmarks.cluster.measurement.Recorder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;

/// A node under load in a process of its own, steered by the process that started it. It reads orders, a line
/// each, and answers each with one line. It ends with the orders.
///
/// | order | answer |
/// | --- | --- |
/// | `run IN-FLIGHT SETTLING-MS MEASURED-MS [RECORDING]` | a [Measurement] |
/// | `acknowledged` | for each counter how often this node heard that it was incremented |
/// | `counts` | the value of each counter |
/// | `open-admin` | where the node's admin service listens, which opens |
/// | `close-admin` | `closed` |
public final class LoadedNode {
    /// The number of counters.
    public static final int KEYS = 10_000;

    /// What the node says, unasked, when all nodes are there.
    static final String READY = "ready";

    /// How its lines begin: a JVM prints others, warnings for example.
    public static final String SIGN = "> ";

    /// The order that runs the load.
    public static final String RUN = "run";

    /// The order that asks what the callers heard.
    public static final String ACKNOWLEDGED = "acknowledged";

    /// The order that asks for the counters.
    public static final String COUNTS = "counts";

    /// The order that opens the admin service.
    public static final String OPEN_ADMIN = "open-admin";

    /// The order that closes it.
    public static final String CLOSE_ADMIN = "close-admin";

    private static final String CLOSED = "closed";

    private final Counters counters;
    private final NodeLoad load;
    private final PrintStream out;

    private LoadedNode(Counters counters, NodeLoad load, PrintStream out) {
        this.counters = counters;
        this.load = load;
        this.out = out;
    }

    /// Starts the node, says that it is ready, obeys until the orders end, and stops the node. Failures are
    /// reported.
    ///
    /// @param start gives the counters of a cluster whose nodes are all there
    /// @param err where failures are reported, those of requests too
    /// @return the exit code; the caller must end the process, which a library's threads may keep alive
    public static int run(Supplier<? extends Counters> start, InputStream orders, PrintStream out, PrintStream err) {
        // What libraries say of their life would drown what the benchmark says.
        Logger.getLogger("").setLevel(Level.WARNING);
        try (var counters = start.get()) {
            new LoadedNode(counters, new NodeLoad(counters, err), out).obey(orders);
            return 0;
        } catch (RuntimeException | IOException | InterruptedException failure) {
            failure.printStackTrace(err);
            return 1;
        }
    }

    private void obey(InputStream orders) throws IOException, InterruptedException {
        out.println(SIGN + READY);
        var lines = new BufferedReader(new InputStreamReader(orders, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            answer(line.split(" ", 5));
        }
    }

    private void answer(String[] order) throws InterruptedException {
        switch (order[0]) {
            case RUN -> out.println(SIGN + run(order).line());
            case ACKNOWLEDGED -> out.println(SIGN + text(load.acknowledged()));
            case COUNTS -> out.println(SIGN + text(load.counts()));
            case OPEN_ADMIN -> out.println(SIGN + counters.openAdmin());
            case CLOSE_ADMIN -> out.println(SIGN + closed());
            default -> throw new IllegalArgumentException("unknown order: " + order[0]);
        }
    }

    private String closed() {
        counters.closeAdmin();
        return CLOSED;
    }

    private Measurement run(String[] order) throws InterruptedException {
        return load.run(
                Integer.parseInt(order[1]),
                Duration.ofMillis(Long.parseLong(order[2])),
                Duration.ofMillis(Long.parseLong(order[3])),
                order.length < 5 ? Recorder.off() : Recorder.to(Path.of(order[4])));
    }

    private static String text(long[] numbers) {
        return Arrays.stream(numbers).mapToObj(String::valueOf).collect(Collectors.joining(" "));
    }
}
