package io.legion.cluster.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A network of its own for each node: Linux network namespaces, joined by a bridge that is in one more.
///
/// Nothing of it is seen from outside, and all of it goes when it is closed.
public final class Network implements AutoCloseable {
    public static final int LISTENING = 7760;
    private static final String PORT = ":" + LISTENING;
    private static final String NOBODY = "02:00:00:00:00:99";

    private final String name = "legion" + ProcessHandle.current().pid() + "-" + Long.toString(System.nanoTime(), 36);
    private final List<String> made = new ArrayList<>();

    /// How many cuts there are from one node to another.
    private final Map<String, Integer> silenced = new HashMap<>();

    private Network() {}

    /// Why such networks cannot be made here; empty if they can.
    public static Optional<String> refusal() {
        try (var network = new Network()) {
            network.make("probe");
            return Optional.empty();
        } catch (IllegalStateException | UncheckedIOException refused) {
            return Optional.of("Not tested: network namespaces cannot be made here (that takes Linux, the command ip"
                    + " and root): " + refused.getMessage());
        }
    }

    /// Makes it.
    ///
    /// @throws IllegalStateException if it cannot be made; then nothing is left of it
    public static Network of(int nodes) {
        var network = new Network();
        // However this process ends, nothing is left.
        Runtime.getRuntime().addShutdownHook(new Thread(network::close));
        try {
            network.hub();
            for (int node = 1; node <= nodes; node++) {
                network.join(node);
            }
            return network;
        } catch (RuntimeException failure) {
            network.close();
            throw failure;
        }
    }

    private void make(String part) {
        ip("netns", "add", name + part);
        made.add(name + part);
    }

    private void hub() {
        make("hub");
        ip("-n", name + "hub", "link", "add", "bridge", "type", "bridge");
        ip("-n", name + "hub", "link", "set", "bridge", "up");
    }

    private void join(int node) {
        make("n" + node);
        var inside = name + "n" + node;
        ip("-n", inside, "link", "add", "out", "type", "veth", "peer", "name", "port" + node, "netns", name + "hub");
        ip("-n", name + "hub", "link", "set", "port" + node, "master", "bridge", "up");
        ip("-n", inside, "addr", "add", host(node) + "/24", "dev", "out");
        ip("-n", inside, "link", "set", "out", "up");
        ip("-n", inside, "link", "set", "lo", "up");
    }

    public static String host(int node) {
        return "10.77.0." + node;
    }

    /// Where a node listens.
    public static String address(int node) {
        return host(node) + PORT;
    }

    /// How a command begins that is to run in the network of a node.
    public List<String> inside(int node) {
        return List.of("ip", "netns", "exec", name + "n" + node);
    }

    /// What is sent to and by the node gets lost.
    public void cutOff(int node) {
        ip("-n", name + "hub", "link", "set", "port" + node, "down");
    }

    public void reconnect(int node) {
        ip("-n", name + "hub", "link", "set", "port" + node, "up");
    }

    /// What one node sends to another gets lost; what comes the other way does not.
    public void silence(int from, int to) {
        if (silenced.merge(from + ">" + to, 1, Integer::sum) == 1) {
            ip("-n", name + "n" + from, "route", "add", "blackhole", host(to) + "/32");
        }
    }

    public void endSilence(int from, int to) {
        if (silenced.merge(from + ">" + to, -1, Integer::sum) == 0) {
            ip("-n", name + "n" + from, "route", "del", "blackhole", host(to) + "/32");
        }
    }

    /// As [#silence(int, int)], but nobody is told: what is sent goes to a hardware address that nobody has.
    void lose(int from, int to) {
        ip("-n", name + "n" + from, "neigh", "replace", host(to), "lladdr", NOBODY, "dev", "out", "nud", "permanent");
    }

    void endLoss(int from, int to) {
        ip("-n", name + "n" + from, "neigh", "del", host(to), "dev", "out");
    }

    private static void ip(String... arguments) {
        var command = new ArrayList<String>();
        command.add("ip");
        command.addAll(List.of(arguments));
        run(command);
    }

    /// Runs a command to its end.
    ///
    /// @throws IllegalStateException with what it says, if it fails
    public static void run(List<String> command) {
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(String.join(" ", command) + ": " + said.strip());
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /// Takes away what was made. The processes inside are to be gone. Closing again does nothing.
    @Override
    public synchronized void close() {
        RuntimeException failed = null;
        for (var namespace : List.copyOf(made)) {
            made.remove(namespace);
            try {
                ip("netns", "del", namespace);
            } catch (RuntimeException failure) {
                failed = failure;
            }
        }
        if (failed != null) {
            throw failed;
        }
    }
}
