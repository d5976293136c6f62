package io.legion.discovery;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Which nodes a demonstration has, and where: what follows from its command line.
///
/// @param nodes how many nodes, numbered from 1
/// @param store which store they use
/// @param database where they keep their state, if that is PostgreSQL
/// @param data the directory of the demonstration
/// @param basePort node i serves the registry at this port plus i, its peers at this minus 1000 plus i, and
///     operators at this plus 1000 plus i
/// @param founding the directory with the files from which the first node founds the cluster; null for none
record DemoPlan(
        int nodes,
        Store store,
        Optional<DemoDatabase> database,
        Path data,
        int basePort,
        @Nullable Path founding) {
    /// Which store the nodes use.
    enum Store {
        ROCKSDB,
        MEMORY,
        POSTGRES
    }

    static final int MOST_NODES = 9;

    /// The base port unless the command line names another.
    static final int USUAL_BASE_PORT = 8_760;

    static final int LEAST_BASE_PORT = 1_000;

    private static final int ADMIN = 1_000;

    /// The admin ports of all possible nodes come after the base port.
    static final int LARGEST_BASE_PORT = 65_535 - ADMIN - MOST_NODES;

    /// The copies of everything, if there are that many nodes.
    static final int REPLICAS = 3;

    int port(int node) {
        return basePort + node;
    }

    int peerPort(int node) {
        return basePort - 1_000 + node;
    }

    int adminPort(int node) {
        return basePort + ADMIN + node;
    }

    String dashboard(int node) {
        return "http://127.0.0.1:" + adminPort(node);
    }

    String registry(int node) {
        return "http://127.0.0.1:" + port(node);
    }

    String peers(int node) {
        return "127.0.0.1:" + peerPort(node);
    }

    Path configuration(int node) {
        return data.resolve("node-" + node + ".yaml");
    }

    Path log(int node) {
        return data.resolve("node-" + node + ".log");
    }

    private Path store(int node) {
        return data.resolve("node-" + node).resolve("store");
    }

    /// How to start a node by hand.
    String startCommand(int node) {
        return "./legion node --config " + configuration(node);
    }

    /// The configuration of a node. Only the first one may found the cluster: the others look for it.
    String configurationText(int node) {
        return String.format(
                Locale.ROOT,
                """
                # Written by ./legion demo at each start. docs/node.yaml explains every key.
                log:
                  file:
                    path: %s
                store:
                %s
                cluster:
                  jgroups:
                    listen: %s
                    discovery:
                      static:
                        addresses:
                %s
                legion:
                  clusterName: demo
                  startup:
                    automatic:
                      mayFound: %s
                  placement:
                    replicas: %d
                    # More than usual, since all of them share one machine and a shard is small here.
                    copiesAtOnce: 16
                %sleases:
                  # Off, so that an instance that you stop goes away even if it is one of three.
                  selfPreservation: false
                  interval: 5s
                  startGrace: 30s
                http:
                  port: %d
                admin:
                  port: %d
                """,
                quoted(log(node)),
                storeText(node),
                peers(node),
                addresses(),
                node == 1,
                REPLICAS,
                foundingText(node),
                port(node),
                adminPort(node));
    }

    private String foundingText(int node) {
        return founding == null || node > 1 ? "" : "founding:\n  lines:\n    directory: " + quoted(founding) + "\n";
    }

    private String addresses() {
        return IntStream.rangeClosed(1, nodes)
                .mapToObj(node -> "          - " + peers(node))
                .collect(Collectors.joining("\n"));
    }

    private String storeText(int node) {
        return switch (store) {
            case MEMORY -> "  memory:\n    maximumSize: 256 MiB";
            case ROCKSDB -> "  rocksdb:\n    directory: " + quoted(store(node));
            case POSTGRES -> database.orElseThrow().storeText(node);
        };
    }

    /// The same nodes on this database.
    DemoPlan on(DemoDatabase place) {
        return new DemoPlan(nodes, store, Optional.of(place), data, basePort, founding);
    }

    private static String quoted(Path path) {
        return quoted(path.toAbsolutePath().toString());
    }

    /// As YAML takes any text.
    static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
