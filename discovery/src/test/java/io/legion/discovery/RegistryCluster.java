package io.legion.discovery;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Three nodes of one cluster, each a process of its own on RocksDB. The first has founded the cluster.
public final class RegistryCluster implements AutoCloseable {
    public static final int NODES = 3;

    private final List<RegistryNode> nodes = new ArrayList<>();

    private RegistryCluster() {}

    /// Starts them, and waits until each has its copy of everything.
    ///
    /// @param groups further groups of keys for the configuration of each
    /// @param legion lines of its group `legion`
    public static RegistryCluster start(Path directory, String groups, String... legion) throws IOException {
        var cluster = new RegistryCluster();
        try {
            var peers = new ArrayList<Integer>();
            for (int node = 0; node < NODES; node++) {
                peers.add(FreePort.next());
            }
            for (int node = 0; node < NODES; node++) {
                var home = directory.resolve("node-" + (node + 1));
                var text = NodeText.of(home.resolve("store"), FreePort.next())
                        .mayFound(node == 0)
                        .legion(legion)
                        .with(peers(peers.get(node), peers, ""))
                        .with(groups);
                cluster.nodes.add(RegistryNode.start(home, RunningProgram.QUICK, text));
            }
            cluster.nodes.forEach(node -> node.awaitFormed(NODES));
            return cluster;
        } catch (IOException | RuntimeException | AssertionError failure) {
            cluster.close();
            cluster.nodes.forEach(node -> failure.addSuppressed(node.told()));
            throw failure;
        }
    }

    /// The group `cluster` of a node that looks for others at these ports of this machine.
    ///
    /// @param tls the lines of the group `tls`, if there is one
    static String peers(int own, List<Integer> all, String tls) {
        var addresses = all.stream().map(port -> "127.0.0.1:" + port).collect(Collectors.joining(", ", "[", "]"));
        return """
                cluster:
                  jgroups:
                    listen: 127.0.0.1:%d
                    discovery:
                      static:
                        addresses: %s
                %s""".formatted(own, addresses, tls);
    }

    /// One of them, numbered from 1.
    public RegistryNode node(int number) {
        return nodes.get(number - 1);
    }

    /// What a Eureka client is given as its service URLs.
    public List<String> eureka() {
        return nodes.stream().map(RegistryNode::eureka).toList();
    }

    /// All nodes but this one.
    public List<RegistryNode> others(int number) {
        return IntStream.rangeClosed(1, NODES)
                .filter(node -> node != number)
                .mapToObj(this::node)
                .toList();
    }

    /// Waits until each of these says that everything has all its copies.
    public void awaitFormed() {
        nodes.forEach(node -> node.awaitFormed(NODES));
    }

    @Override
    public void close() {
        nodes.forEach(node -> node.program().terminate());
        nodes.forEach(RegistryNode::close);
    }
}
