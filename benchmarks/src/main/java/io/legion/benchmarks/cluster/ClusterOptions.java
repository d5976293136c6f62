package io.legion.benchmarks.cluster;

import io.legion.benchmarks.cluster.report.OutputFiles;
import io.legion.benchmarks.cluster.report.Report;
import io.legion.benchmarks.cluster.run.Comparison;
import io.legion.benchmarks.cluster.run.MeasuringPlan;
import io.legion.benchmarks.cluster.subject.Kept;
import io.legion.benchmarks.cluster.subject.Mode;
import io.legion.benchmarks.cluster.subject.PeerSystem;
import io.legion.benchmarks.cluster.subject.Subject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options of `legion bench cluster`.
final class ClusterOptions {
    private static final int MOST_RUNS = 100;
    private static final int MOST_IN_FLIGHT = 100_000;

    @Option(names = "--modes", split = ",", paramLabel = "MODE", description = "fast, nearest, durable, final.")
    private Mode @Nullable [] modes;

    @Option(
            names = "--stores",
            split = ",",
            defaultValue = "memory",
            paramLabel = "STORE",
            description = "memory, rocksdb, rocksdb-forced. Default: ${DEFAULT-VALUE}.")
    private Kept[] stores = {};

    @Option(
            names = "--in-flight",
            split = ",",
            defaultValue = "64,256",
            paramLabel = "N",
            description = "Requests in flight at each node, the most first. Default: ${DEFAULT-VALUE}.")
    private int[] inFlight = {};

    @Option(names = "--runs", paramLabel = "N", description = "Runs of each cluster. Default: 5.")
    private @Nullable Integer runs;

    @Option(names = "--measured", paramLabel = "TIME", description = "How long each run is measured. Default: 10s.")
    private @Nullable Duration measured;

    @Option(names = "--warm-up", paramLabel = "TIME", description = "A cluster's longest warm-up. Default: 240s.")
    private @Nullable Duration warmUp;

    @Option(names = "--quick", description = "Short runs and a short warm-up: under four minutes, less exact.")
    private boolean quick;

    @Option(
            names = "--collector",
            defaultValue = "g1",
            paramLabel = "NAME",
            description = "The nodes' garbage collector: g1, parallel, z. Default: ${DEFAULT-VALUE}.")
    private GarbageCollector collector = GarbageCollector.G1;

    @Option(
            names = "--heap",
            defaultValue = "1g",
            paramLabel = "SIZE",
            description = "The heap of each node. Default: ${DEFAULT-VALUE}.")
    private HeapSize heap = new HeapSize("1g");

    @Option(
            names = "--peers",
            split = ",",
            paramLabel = "SYSTEM",
            description = "What is measured beside Legion: hazelcast, or watched: Legion with an open dashboard and"
                    + " Prometheus. The ratios are to the first. Default: nothing.")
    private PeerSystem[] peers = {};

    @Option(names = "--json", paramLabel = "FILE", description = "Writes all figures to FILE.")
    private @Nullable Path json;

    @Option(
            names = "--profile",
            paramLabel = "DIR",
            description = "Where each node's flight recording of each run goes. Default: none are made.")
    private @Nullable Path profile;

    /// What the options ask for.
    ///
    /// @throws IllegalArgumentException if that cannot be measured
    MeasuringPlan plan() {
        check();
        var extent = quick ? Extent.QUICK : Extent.FULL;
        return new MeasuringPlan(
                Comparison.of(modes == null ? extent.modes() : once(modes), once(stores), once(peers)),
                Arrays.stream(inFlight).distinct().boxed().toList(),
                runs == null ? extent.runs() : runs,
                measured == null ? extent.measured() : measured,
                warmUp == null ? extent.warmUp() : warmUp,
                flags(),
                profile);
    }

    /// A word given twice counts once.
    private static <T> List<T> once(T[] words) {
        return Arrays.stream(words).distinct().toList();
    }

    private List<String> flags() {
        return Stream.concat(heap.flags().stream(), Stream.of(collector.flag())).toList();
    }

    private void check() {
        require(runs == null || (runs >= 1 && runs <= MOST_RUNS), "--runs must be 1 to " + MOST_RUNS + ".");
        require(
                Arrays.stream(inFlight).allMatch(number -> number >= 1 && number <= MOST_IN_FLIGHT),
                "--in-flight must be 1 to " + MOST_IN_FLIGHT + ".");
        require(measured == null || measured.isPositive(), "--measured must be longer than 0.");
        require(
                peers.length == 0 || List.of(stores).contains(Kept.MEMORY),
                "--peers are compared with the store memory, which --stores leaves out.");
        for (var peer : peers) {
            require(
                    peer.isThere(),
                    "The nodes of " + Subject.word(peer)
                            + " are not on the class path. Start this with ./legion bench cluster, which builds them.");
        }
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    /// What the results are measured with.
    ///
    /// @param date of the beginning
    /// @param arguments of the command
    Report.Head head(String date, List<String> arguments) {
        return new Report.Head(
                date,
                Runtime.version().toString(),
                Runtime.getRuntime().availableProcessors(),
                command(arguments),
                Subject.word(collector),
                heap.text(),
                quick);
    }

    /// Leaves out where its files go, which is of no interest elsewhere.
    private static String command(List<String> arguments) {
        var words = new ArrayList<>(List.of("./legion bench cluster"));
        boolean named = false;
        for (var argument : arguments) {
            boolean names = argument.equals("--json") || argument.equals("--profile");
            if (!named && !names && !argument.startsWith("--json=") && !argument.startsWith("--profile=")) {
                words.add(argument);
            }
            named = names;
        }
        return String.join(" ", words);
    }

    OutputFiles files() {
        return new OutputFiles(json, profile);
    }

    boolean quick() {
        return quick;
    }
}
