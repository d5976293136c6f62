package io.legion.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What nodes do, and say, when they are started in a way that was not meant.
@Timeout(240)
class StartsTest {
    private static final String ORDERS = "/v1/services/orders/instances/a";
    private static final String INSTANCE = "{\"address\":\"h\",\"port\":1,\"leaseSeconds\":86400}";

    private static final int COPIED = 60;

    @TempDir
    private Path directory;

    @Test
    void twoOfThreeServeWithoutTheThirdAndWithoutTheFounder() throws Exception {
        try (var cluster = RegistryCluster.start(directory, "registry:\n  consistency: durable\n")) {
            assertThat(put(cluster.node(1), ORDERS)).isEqualTo(201);
            for (int node = 1; node <= 3; node++) {
                cluster.node(node).stop();
            }
            cluster.node(2).startAgain();
            cluster.node(3).startAgain();
            cluster.node(2).ready();
            assertThat(cluster.node(2).get(ORDERS).statusCode()).isEqualTo(200);
            assertThat(put(cluster.node(2), "/v1/services/orders/instances/b")).isEqualTo(201);
            cluster.node(3).ready();
            assertThat(cluster.node(3).get("/v1/services/orders/instances/b").statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void aNodeWithAnotherClusterNameIsToldWhichOneItMet() throws Exception {
        var peers = List.of(FreePort.next(), FreePort.next());
        try (var first = node("first", peers, 0, "", true)) {
            first.ready();
            try (var other = node("other", peers, 1, "", false, "clusterName: others", "joinTimeout: 6s")) {
                assertThat(other.program().exit()).isEqualTo(1);
                assertThat(lastLine(other)).contains("'others'", "'test'").startsWith("legion node: ");
                assertThat(put(first, ORDERS)).isEqualTo(201);
            }
        }
    }

    @Test
    void aNodeWithACertificateThatIsNotTrustedIsKeptOut() throws Exception {
        var peers = List.of(FreePort.next(), FreePort.next());
        try (var first = node("first", peers, 0, tls("one"), true)) {
            first.ready();
            try (var other = node("other", peers, 1, tls("two"), false, "joinTimeout: 6s")) {
                assertThat(other.program().exit()).isEqualTo(1);
                assertThat(lastLine(other))
                        .startsWith("legion node: ")
                        .contains("No node of the cluster 'test'", "certificate");
                assertThat(first.program().err()).contains("was not accepted");
                assertThat(other.program().err()).contains("certificate");
                assertThat(put(first, ORDERS)).isEqualTo(201);
            }
        }
    }

    @Test
    void twoFoundersOfOneNameRefuseEachOtherAndSayWhatToDo() throws Exception {
        var alone = List.of(FreePort.next());
        var both = List.of(alone.getFirst(), FreePort.next());
        try (var first = node("first", alone, 0, "", true);
                var second = node("second", List.of(both.getLast()), 0, "", true)) {
            first.ready();
            second.ready();
            // One that had accepted nothing would give way.
            assertThat(put(first, ORDERS)).isEqualTo(201);
            assertThat(put(second, ORDERS)).isEqualTo(201);
            second.stop();
            // From now on it knows of the other one.
            NodeText.of(second.directory().resolve("store"), second.port())
                    .with(RegistryCluster.peers(both.getLast(), both, ""))
                    .write(second.directory().resolve("node.yaml"));
            second.startAgain();
            second.ready();
            for (var node : List.of(first, second)) {
                Eventually.until("it says so", () -> node.program().err().contains("another cluster of the same name"));
                assertThat(put(node, "/v1/services/orders/instances/b")).isEqualTo(201);
            }
        }
    }

    @Test
    void anAddressInUseIsTold() throws Exception {
        var peers = List.of(FreePort.next());
        try (var first = node("first", peers, 0, "", true)) {
            first.ready();
            try (var other = node("other", peers, 0, "", true)) {
                assertThat(other.program().exit()).isEqualTo(1);
                assertThat(lastLine(other)).startsWith("legion node: ").contains("127.0.0.1:" + peers.getFirst());
            }
        }
    }

    @Test
    void anOldCopyOfAStoreLosesNothingThatWasAnsweredDurable() throws Exception {
        try (var cluster = RegistryCluster.start(directory, "registry:\n  consistency: durable\n")) {
            var third = cluster.node(3);
            put(cluster.node(1), ORDERS);
            third.stop();
            var copy = directory.resolve("copy");
            copy(third.directory().resolve("store"), copy);
            third.restart();
            cluster.awaitFormed();
            for (int i = 0; i < COPIED; i++) {
                assertThat(put(cluster.node(1 + i % 3), instance(i))).isEqualTo(201);
            }
            third.stop();
            delete(third.directory().resolve("store"));
            copy(copy, third.directory().resolve("store"));
            third.restart();
            Eventually.until(
                    "it finds that its store is an old copy",
                    () -> third.program().err().contains("Start it again: it joins as a new node"));
            // It brings requests to the others.
            assertAllAt(third);
            third.stop();
            assertAllAt(cluster.node(1));
            assertAllAt(cluster.node(2));
            third.startAgain();
            third.awaitFormed(3);
            assertAllAt(third);
        }
    }

    private static void assertAllAt(RegistryNode node) {
        for (int i = 0; i < COPIED; i++) {
            assertThat(node.get(instance(i)).statusCode()).as(instance(i)).isEqualTo(200);
        }
    }

    private static String instance(int i) {
        return "/v1/services/copied-" + i % 20 + "/instances/i" + i;
    }

    private RegistryNode node(String name, List<Integer> peers, int own, String tls, boolean mayFound, String... legion)
            throws IOException {
        var home = directory.resolve(name);
        var text = NodeText.of(home.resolve("store"), FreePort.next())
                .mayFound(mayFound)
                .legion(legion)
                .with(RegistryCluster.peers(peers.get(own), peers, tls));
        return RegistryNode.start(home, RunningProgram.QUICK, text);
    }

    private static int put(RegistryNode node, String path) {
        return node.send("PUT", path, INSTANCE).statusCode();
    }

    private static String lastLine(RegistryNode node) {
        return node.program().err().lines().reduce("", (_, line) -> line);
    }

    /// The group `tls` with a key of its own that only itself trusts.
    private String tls(String name) throws IOException, InterruptedException {
        var keys = directory.resolve(name + ".p12");
        var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        var command = List.of(
                keytool,
                "-genkeypair",
                "-alias",
                name,
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + name,
                "-keystore",
                keys.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                "secret-of-a-test",
                "-validity",
                "2");
        var process = new ProcessBuilder(command).inheritIO().start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        return """
                    tls:
                      keyStore: '%s'
                      keyStorePassword: secret-of-a-test
                      trustStore: '%s'
                      trustStorePassword: secret-of-a-test
                """.formatted(keys, keys);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            files.forEach(file -> {
                try {
                    Files.copy(file, to.resolve(from.relativize(file).toString()));
                } catch (IOException failure) {
                    throw new UncheckedIOException(failure);
                }
            });
        }
    }

    private static void delete(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            for (var file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
