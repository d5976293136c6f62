package io.legion.benchmarks.cluster;

import io.legion.benchmarks.ScratchDirectory;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// The command `legion bench cluster`: three nodes on this machine under load, in each of the ways that Legion answers,
/// and other systems beside it. The table goes to the standard output, what happens meanwhile to the standard error
/// stream. It exits with 1 if an answered request was lost.
@Command(
        name = "legion bench cluster",
        description = "Measures three nodes on this machine under load.",
        sortOptions = false,
        mixinStandardHelpOptions = true)
public final class ClusterMain implements Callable<Integer> {
    private static final List<String> FLAGS = List.of("-Xms1g", "-Xmx1g");

    @Option(
            names = "--modes",
            split = ",",
            defaultValue = "fast,nearest,durable,final",
            paramLabel = "MODE",
            description = "fast, nearest (FAST without a hop), durable, final. Default: all.")
    private Mode[] modes = {};

    @Option(
            names = "--stores",
            split = ",",
            defaultValue = "memory,rocksdb,rocksdb-forced",
            paramLabel = "STORE",
            description = "memory, rocksdb, rocksdb-forced. Default: all.")
    private Kept[] stores = {};

    @Option(
            names = "--in-flight",
            split = ",",
            defaultValue = "64,256",
            paramLabel = "N",
            description = "Requests in flight at each node, a step each. Default: ${DEFAULT-VALUE}.")
    private int[] inFlight = {};

    @Option(
            names = "--warm-up",
            defaultValue = "60s",
            paramLabel = "TIME",
            description = "The load before the first step of each cluster. Default: ${DEFAULT-VALUE}.")
    private Duration warmUp = Duration.ZERO;

    @Option(
            names = "--measured",
            defaultValue = "10s",
            paramLabel = "TIME",
            description = "How long each step is measured. Default: ${DEFAULT-VALUE}.")
    private Duration measured = Duration.ZERO;

    @Option(
            names = "--peers",
            split = ",",
            paramLabel = "SYSTEM",
            description = "What is measured beside Legion: hazelcast. Default: nothing.")
    private Peer[] peers = {};

    @Option(
            names = "--profile",
            paramLabel = "DIR",
            description = "Where each node's flight recording of each step goes. Default: none are made.")
    private @Nullable Path profile;

    private ClusterMain() {}

    /// Measures.
    public static void main(String[] arguments) {
        System.exit(run(System.err, arguments));
    }

    static int run(PrintStream err, String... arguments) {
        return CommandLines.run(new ClusterMain(), err, arguments);
    }

    @Override
    public Integer call() throws IOException {
        for (var peer : peers) {
            if (!peer.isThere()) {
                throw new IllegalArgumentException("The nodes of " + Subject.word(peer)
                        + " are not on the class path. Start this with ./legion bench cluster, which builds them.");
            }
        }
        if (profile != null) {
            Files.createDirectories(profile);
        }
        var plan = new Plan(subjects(), Arrays.stream(inFlight).boxed().toList(), warmUp, measured, FLAGS, profile);
        boolean holds =
                ScratchDirectory.managed().use(scratch -> new Measuring(plan, scratch, System.out, System.err).all());
        return holds ? 0 : 1;
    }

    private List<Subject> subjects() {
        var legion =
                Arrays.stream(stores).flatMap(kept -> Arrays.stream(modes).map(mode -> Subject.legion(mode, kept)));
        return Stream.concat(legion, Arrays.stream(peers).flatMap(Peer::subjects))
                .toList();
    }
}
