package com.example.reservations.check;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// Three nodes on this machine. Used by one thread.
final class Nodes implements AutoCloseable {
    static final int COUNT = 3;

    /// Below those that systems give to connections, one of which could take the port of a node that is down.
    private static final int LOWEST_PORT = 15_000;

    private static final int HIGHEST_PORT = 30_000;

    private final Callers callers;
    private final Wholeness wholeness = new Wholeness();
    private final List<Node> nodes = new ArrayList<>();

    private Nodes(Callers callers) {
        this.callers = callers;
    }

    /// Starts them, and returns when all are ready.
    ///
    /// @param release which all of them run
    /// @param route see [Node]
    static Nodes open(Path directory, Release release, String route) throws IOException, InterruptedException {
        var ports = freePorts(2 * COUNT);
        var http = ports.subList(0, COUNT);
        var cluster = ports.subList(COUNT, 2 * COUNT);
        var nodes = new Nodes(new Callers(http));
        nodes.callers.version(release.number());
        for (int number = 1; number <= COUNT; number++) {
            var node = new Node(number, nodes.callers, directory, http, cluster, release, route);
            nodes.nodes.add(node);
            node.start();
        }
        for (var node : nodes.nodes) {
            node.awaitReady();
        }
        return nodes;
    }

    private static List<Integer> freePorts(int count) {
        var random = new SplittableRandom();
        return random.ints(LOWEST_PORT, HIGHEST_PORT)
                .distinct()
                .filter(Nodes::isFree)
                .limit(count)
                .boxed()
                .toList();
    }

    private static boolean isFree(int port) {
        try (var _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return true;
        } catch (IOException taken) {
            return false;
        }
    }

    Node node(int number) {
        return nodes.get(number - 1);
    }

    /// True if each node says that this version is active.
    boolean isEverywhere(int version) {
        return nodes.stream().allMatch(node -> node.version() == version);
    }

    Wholeness wholeness() {
        return wholeness;
    }

    Callers callers() {
        return callers;
    }

    @Override
    public void close() {
        nodes.forEach(Node::close);
        callers.close();
    }
}
