package io.legion.benchmarks.cluster.run;

import io.legion.benchmarks.cluster.load.LoadedNode;
import io.legion.benchmarks.cluster.measurement.Measurement;
import io.legion.benchmarks.cluster.report.Balance;
import io.legion.benchmarks.cluster.report.Figures;
import io.legion.benchmarks.cluster.subject.Subject;
import io.legion.benchmarks.cluster.watch.Looks;
import io.legion.benchmarks.cluster.watch.Onlookers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Three nodes under load, each a process of its own on this machine.
final class Trio implements AutoCloseable {
    static final int NODES = 3;

    private static final Duration SETTLING = Duration.ofSeconds(2);

    private final List<NodeProcess> nodes = new ArrayList<>();
    private Looks looks = Looks.NONE;
    private long failed;

    private Trio() {}

    /// Starts the nodes; they become one cluster meanwhile.
    ///
    /// @param directory where they keep their files
    /// @param flags of their JVMs
    static Trio start(Subject subject, Path directory, List<String> flags) {
        var addresses = addresses();
        var processes = subject.processes();
        var allFlags = new ArrayList<>(flags);
        allFlags.addAll(processes.flags());
        var trio = new Trio();
        try {
            for (int self = 0; self < NODES; self++) {
                trio.nodes.add(NodeProcess.start(
                        subject + ", node " + self,
                        allFlags,
                        processes.main(),
                        subject.arguments(directory.resolve(subject.fileName() + "-" + self), self, addresses)));
            }
            return trio;
        } catch (RuntimeException failure) {
            trio.close();
            throw failure;
        }
    }

    /// Waits until they are one cluster; this comes before anything else.
    ///
    /// @throws IllegalStateException if one of them ends
    void awaitReady() {
        nodes.forEach(NodeProcess::answer);
    }

    /// Ports at which nobody listens; all are found before the first is given away.
    private static List<String> addresses() {
        var sockets = new ArrayList<ServerSocket>();
        try {
            for (int i = 0; i < NODES; i++) {
                sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            }
            var addresses = sockets.stream()
                    .map(socket -> "127.0.0.1:" + socket.getLocalPort())
                    .toList();
            for (var socket : sockets) {
                socket.close();
            }
            return addresses;
        } catch (IOException failure) {
            throw new UncheckedIOException("no free port was found", failure);
        }
    }

    /// Runs the load and measures all of it.
    ///
    /// @param watched by a dashboard and by Prometheus, as long as the load runs
    Figures warmUp(int inFlight, Duration window, boolean watched) {
        return run(inFlight, Duration.ZERO, window, watched, null);
    }

    /// Runs the load and measures it, after some seconds in which it settles, and who watches it too.
    ///
    /// @param watched by a dashboard and by Prometheus, as long as the load runs
    /// @param recordings where each node's flight recording goes; null for none
    Figures run(int inFlight, Duration measured, boolean watched, @Nullable String recordings) {
        return run(inFlight, SETTLING, measured, watched, recordings);
    }

    private Figures run(
            int inFlight, Duration settling, Duration measured, boolean watched, @Nullable String recordings) {
        return watched
                ? runWatched(inFlight, settling, measured, recordings)
                : runAlone(inFlight, settling, measured, recordings);
    }

    private Figures runWatched(int inFlight, Duration settling, Duration measured, @Nullable String recordings) {
        var admins = answersTo(LoadedNode.OPEN_ADMIN).stream().map(URI::create).toList();
        try (var onlookers = Onlookers.of(admins)) {
            var figures = runAlone(inFlight, settling, measured, recordings);
            looks = looks.plus(onlookers.end());
            answersTo(LoadedNode.CLOSE_ADMIN);
            return figures;
        }
    }

    private List<String> answersTo(String order) {
        nodes.forEach(node -> node.order(order));
        return nodes.stream().map(NodeProcess::answer).toList();
    }

    private Figures runAlone(int inFlight, Duration settling, Duration measured, @Nullable String recordings) {
        for (int self = 0; self < NODES; self++) {
            nodes.get(self)
                    .order(LoadedNode.RUN + " " + inFlight + " " + settling.toMillis() + " " + measured.toMillis()
                            + (recordings == null ? "" : " " + recordings + "-node-" + self + ".jfr"));
        }
        var measurements =
                nodes.stream().map(node -> Measurement.parse(node.answer())).toList();
        failed += measurements.stream().mapToLong(Measurement::failed).sum();
        return Figures.of(measurements);
    }

    /// How often those who watched it were answered.
    Looks looks() {
        return looks;
    }

    /// Compares every counter with what the nodes heard.
    Balance balance() {
        var acknowledged = new long[LoadedNode.KEYS];
        for (var answer : answersTo(LoadedNode.ACKNOWLEDGED)) {
            var told = numbers(answer);
            Arrays.setAll(acknowledged, key -> acknowledged[key] + told[key]);
        }
        nodes.getFirst().order(LoadedNode.COUNTS);
        return Balance.of(acknowledged, numbers(nodes.getFirst().answer()), failed);
    }

    private static long[] numbers(String line) {
        var numbers = Arrays.stream(line.split(" ")).mapToLong(Long::parseLong).toArray();
        if (numbers.length != LoadedNode.KEYS) {
            throw new IllegalStateException(
                    "a node told of " + numbers.length + " counters, not of " + LoadedNode.KEYS);
        }
        return numbers;
    }

    /// Ends the orders of all nodes, so that they begin to stop.
    void askToStop() {
        nodes.forEach(NodeProcess::askToStop);
    }

    /// Stops the nodes, all at once.
    @Override
    public void close() {
        askToStop();
        nodes.forEach(NodeProcess::close);
    }
}
