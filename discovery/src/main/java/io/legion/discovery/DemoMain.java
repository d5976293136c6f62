package io.legion.discovery;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Shows the registry on this machine: starts nodes, each a process of its own, tells what to try, and stops them when
/// it gets Ctrl-C or SIGTERM. The nodes do not outlive it, whatever ends it.
@Command(
        name = "legion demo",
        description = "Runs the service registry on this machine.",
        mixinStandardHelpOptions = true)
public final class DemoMain implements Callable<Integer> {
    /// Which store the nodes use.
    enum StoreName {
        ROCKSDB,
        MEMORY
    }

    @Option(
            names = "--nodes",
            defaultValue = "1",
            paramLabel = "N",
            description = "How many nodes; more than one come with the cluster. Default: ${DEFAULT-VALUE}.")
    private int nodes;

    @Option(
            names = "--store",
            defaultValue = "rocksdb",
            paramLabel = "STORE",
            description = "rocksdb or memory. Default: ${DEFAULT-VALUE}.")
    private StoreName store = StoreName.ROCKSDB;

    @Option(
            names = "--data",
            defaultValue = "data/demo",
            paramLabel = "DIR",
            description = "Where the nodes keep their data. Default: ${DEFAULT-VALUE}.")
    private Path data = Path.of("data", "demo");

    @Option(
            names = "--base-port",
            defaultValue = "8760",
            paramLabel = "P",
            description = "Node i serves at P+i. Default: ${DEFAULT-VALUE}.")
    private int basePort;

    private final Shutdown shutdown;

    private DemoMain(Shutdown shutdown) {
        this.shutdown = shutdown;
    }

    /// Runs the demonstration until it is stopped.
    public static void main(String[] arguments) {
        var shutdown = Shutdown.onSignals(System.err);
        int code = Commands.run(new DemoMain(shutdown), arguments);
        shutdown.finished(code);
        System.exit(code);
    }

    @Override
    public Integer call() throws InterruptedException {
        if (nodes != 1) {
            return refuse(
                    nodes < 1
                            ? "--nodes must be at least 1."
                            : "--nodes " + nodes + ": several nodes come with the cluster, which this version does not"
                                    + " have yet. Use --nodes 1.");
        }
        if (basePort < 1 || basePort + nodes > 65_535) {
            return refuse("--base-port must be between 1 and " + (65_535 - nodes) + ".");
        }
        var started = new ArrayList<NodeProcess>();
        try {
            start(started);
            new Tour(basePort, nodes).print(System.out);
            return waitForTheEnd(started);
        } catch (IOException failure) {
            System.err.println("legion demo: " + failure.getMessage());
            return ExitCode.FAILURE;
        } finally {
            stop(started);
        }
    }

    private void start(List<NodeProcess> started) throws IOException, InterruptedException {
        for (int node = 1; node <= nodes; node++) {
            System.out.println("Starting node " + node + " of " + nodes + " ...");
            var directory = data.resolve("node-" + node);
            started.add(NodeProcess.start(
                    node, directory, DemoConfig.text(directory, store, basePort + node), System.out, System.err));
        }
        for (var node : started) {
            node.awaitReady();
        }
    }

    private int waitForTheEnd(List<NodeProcess> started) throws InterruptedException {
        started.forEach(node -> node.whenGone(shutdown::request));
        shutdown.await();
        var gone = started.stream().filter(NodeProcess::failed).findFirst();
        gone.ifPresent(node -> System.err.println("legion demo: node " + node.number() + " stopped by itself."));
        return gone.isPresent() ? ExitCode.FAILURE : ExitCode.STOPPED;
    }

    private static void stop(List<NodeProcess> started) {
        if (!started.isEmpty()) {
            System.out.println("Stopping ...");
            started.forEach(NodeProcess::askToStop);
            started.forEach(NodeProcess::awaitStopped);
            System.out.println("Stopped.");
        }
    }

    private static int refuse(String message) {
        System.err.println("legion demo: " + message);
        return ExitCode.USAGE;
    }
}
