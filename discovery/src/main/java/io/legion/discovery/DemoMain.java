package io.legion.discovery;

import io.legion.command.line.Commands;
import io.legion.discovery.process.ExitCode;
import io.legion.discovery.process.Shutdown;
import io.legion.service.ConsoleLogger;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Shows the registry on this machine: starts nodes, each in a process of its own, tells what to try, and stops
/// them on Ctrl-C or SIGTERM. The nodes do not outlive it, whatever ends it. It does not restart a killed node:
/// that is left to the person who killed it.
@Command(
        name = "legion demo",
        description = "Runs the service registry on this machine.",
        mixinStandardHelpOptions = true)
public final class DemoMain implements Callable<Integer> {
    /// Longer than a slow machine takes; after it the demonstration prints the addresses all the same.
    private static final Duration FORMING = Duration.ofSeconds(60);

    private static final Duration LOOK = Duration.ofMillis(50);

    @Option(
            names = "--nodes",
            defaultValue = "3",
            paramLabel = "N",
            description = "How many nodes, 1 to 9. Default: ${DEFAULT-VALUE}.")
    private int nodes;

    @Option(
            names = "--store",
            defaultValue = "rocksdb",
            paramLabel = "STORE",
            description = "rocksdb, memory or postgres. Default: ${DEFAULT-VALUE}.")
    private DemoPlan.Store store = DemoPlan.Store.ROCKSDB;

    @Mixin
    private DemoDatabaseOptions database = new DemoDatabaseOptions();

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
            description =
                    "Node i serves the registry at P+i, its peers at P-1000+i and its dashboard at P+1000+i. Default: ${DEFAULT-VALUE}.")
    private int basePort;

    @Option(
            names = "--founding",
            paramLabel = "DIR",
            description = "Files from which the first node founds the cluster, if its store is empty. Default: none.")
    private @Nullable Path founding;

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
        if (nodes < 1 || nodes > DemoPlan.MOST_NODES) {
            return refuse("--nodes must be 1 to " + DemoPlan.MOST_NODES + ", not " + nodes + ".");
        }
        if (basePort < DemoPlan.LEAST_BASE_PORT || basePort > DemoPlan.LARGEST_BASE_PORT) {
            return refuse("--base-port must be between " + DemoPlan.LEAST_BASE_PORT + " and "
                    + DemoPlan.LARGEST_BASE_PORT + ", not " + basePort + ".");
        }
        var wrong = database.wrong(store);
        if (wrong.isPresent()) {
            return refuse(wrong.get());
        }
        var plan = new DemoPlan(nodes, store, Optional.empty(), data, basePort, founding);
        try {
            requireFreePorts(plan);
            return store == DemoPlan.Store.POSTGRES ? runOnDatabase(plan) : run(plan);
        } catch (IOException failure) {
            return failed(failure);
        }
    }

    private int runOnDatabase(DemoPlan plan) throws IOException, InterruptedException {
        try (var opened = database(plan)) {
            System.out.println("The nodes keep their state in " + opened.title() + ".");
            return run(plan.on(opened));
        }
    }

    private DemoDatabase database(DemoPlan plan) throws IOException {
        try (var logger = ConsoleLogger.open()) {
            return database.open(plan.data().resolve("postgres"), logger);
        }
    }

    private int run(DemoPlan plan) throws InterruptedException {
        var started = new ArrayList<DemoNode>();
        try {
            start(plan, started);
            return waitForTheEnd(plan, started);
        } catch (IOException failure) {
            return failed(failure);
        } finally {
            stop(plan, started);
        }
    }

    private static void requireFreePorts(DemoPlan plan) throws IOException {
        for (int node = 1; node <= plan.nodes(); node++) {
            for (int port : List.of(plan.port(node), plan.peerPort(node), plan.adminPort(node))) {
                try {
                    new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close();
                } catch (IOException inUse) {
                    throw new IOException(
                            "The port " + port + ", which node " + node + " needs, cannot be used: "
                                    + inUse.getMessage()
                                    + ". Is another demonstration running? Stop whoever uses it, or"
                                    + " give another --base-port. Nothing was started.",
                            inUse);
                }
            }
        }
    }

    private void start(DemoPlan plan, List<DemoNode> started) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        System.out.println("Starting " + nodes(plan.nodes()) + " ...");
        for (int node = 1; node <= plan.nodes(); node++) {
            started.add(DemoNode.start(node, plan, System.err));
        }
        for (var node : started) {
            node.awaitReady(shutdown);
        }
        boolean formed = awaitFormed(started, begin);
        if (!shutdown.isRequested()) {
            var seconds = String.format(Locale.ROOT, "%.1f s", (System.nanoTime() - begin) / 1e9);
            var state = formed
                    ? nodes(plan.nodes()) + " formed the cluster and serve, after " + seconds + ":"
                    : nodes(plan.nodes()) + " serve, but after " + seconds
                            + " not everything has all its copies yet: the logs may say why.";
            new Tour(plan, started.stream().map(DemoNode::pid).toList()).print(state, System.out);
        }
    }

    private boolean awaitFormed(List<DemoNode> started, long begin) throws IOException, InterruptedException {
        long until = begin + FORMING.toNanos();
        while (!started.stream().allMatch(DemoNode::isFormed)) {
            for (var node : started) {
                node.requireAlive();
            }
            if (shutdown.await(LOOK) || System.nanoTime() > until) {
                return false;
            }
        }
        return true;
    }

    private static String nodes(int count) {
        return count == 1 ? "1 node" : count + " nodes";
    }

    private int waitForTheEnd(DemoPlan plan, List<DemoNode> started) throws InterruptedException {
        started.forEach(node -> node.whenGone(() -> gone(plan, node, started)));
        shutdown.await();
        return started.stream().allMatch(DemoNode::failed) ? ExitCode.FAILURE : ExitCode.STOPPED;
    }

    private void gone(DemoPlan plan, DemoNode node, List<DemoNode> started) {
        if (shutdown.isRequested()) {
            return;
        }
        boolean last = started.stream().noneMatch(DemoNode::isAlive);
        System.out.println("Node " + node.number() + " is gone: " + node.end() + "."
                + (last ? " It was the last one." : " Start it again: " + plan.startCommand(node.number())));
        if (last) {
            shutdown.request();
        }
    }

    private static void stop(DemoPlan plan, List<DemoNode> started) {
        if (!started.isEmpty()) {
            System.out.println("Stopping ...");
            started.forEach(DemoNode::askToStop);
            started.forEach(DemoNode::awaitStopped);
            System.out.println("Stopped.");
            started.stream()
                    .map(DemoNode::number)
                    .filter(node -> answers(plan.port(node)))
                    .forEach(node -> System.out.println(
                            "Node " + node + ", which was started by hand, goes on: stop it where you started it."));
        }
    }

    private static boolean answers(int port) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
            return true;
        } catch (IOException nobody) {
            return false;
        }
    }

    private static int failed(IOException failure) {
        System.err.println("legion demo: " + failure.getMessage());
        return ExitCode.FAILURE;
    }

    private static int refuse(String message) {
        System.err.println("legion demo: " + message);
        return ExitCode.USAGE;
    }
}
