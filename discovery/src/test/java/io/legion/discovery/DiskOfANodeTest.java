package io.legion.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Another program fills the disk of a node, and makes room again.
class DiskOfANodeTest {
    private static final int MEBIBYTES = 96;
    private static final int MOST = 4_000;
    private static final String LARGE = "x".repeat(50_000);

    @TempDir
    private Path directory;

    private final List<Integer> acknowledged = new ArrayList<>();

    @Test
    @Timeout(240)
    void aNodeByItselfIsReadMeanwhileAndGoesOnWhenThereIsRoom() throws Exception {
        try (var disk = mounted(directory.resolve("disk"));
                var node = RegistryNode.start(
                                directory,
                                RunningProgram.QUICK,
                                NodeText.of(directory.resolve("disk").resolve("store"), FreePort.next()))
                        .ready()) {
            register(node, 0);
            var filler = disk.fill();
            registerUntilRefused(node);
            for (int i = 0; i < 5; i++) {
                requireEverythingAt(node);
                var list = node.get("/v1/services?limit=5");
                assertThat(list.statusCode()).as(list.body()).isEqualTo(200);
                assertThat(register(node, MOST)).isEqualTo(503);
            }
            assertThat(node.get("/health/ready").statusCode()).isEqualTo(503);
            assertThat(node.get("/health/ready").body()).contains("the store is full");
            assertThat(node.get("/health/live").statusCode()).isEqualTo(200);
            Files.delete(filler);
            Eventually.until(
                    "it is ready again", () -> node.get("/health/ready").statusCode() == 200);
            assertThat(register(node, MOST)).isEqualTo(201);
            assertThat(node.program().err().split("The store is full", -1)).hasSize(2);
            node.kill();
            node.restart();
            requireEverythingAt(node);
        }
    }

    @Test
    @Timeout(300)
    void ofThreeNodesTheOthersGoOnAndTheFullOneComesBack() throws Exception {
        try (var disk = mounted(directory.resolve("node-1"));
                var cluster = RegistryCluster.start(directory, "")) {
            var full = cluster.node(1);
            register(cluster.node(2), 0);
            var filler = disk.fill();
            int tried = 0;
            while (!full.program().err().contains("The store is full")) {
                register(cluster.node(2 + tried % 2), ++tried);
                assertThat(tried).isLessThan(MOST);
            }
            for (int i = 0; i < 20; i++) {
                int number = ++tried;
                Eventually.until("the others take changes", () -> register(cluster.node(3), number) < 300);
            }
            requireEverythingAt(full);
            requireEverythingAt(cluster.node(2));
            Files.delete(filler);
            Eventually.until(
                    "it is ready again", () -> full.get("/health/ready").statusCode() == 200);
            cluster.awaitFormed();
            for (int node = 1; node <= RegistryCluster.NODES; node++) {
                requireEverythingAt(cluster.node(node));
            }
        }
    }

    private static SmallMount mounted(Path at) throws Exception {
        var disk = SmallMount.at(at, MEBIBYTES);
        Assumptions.assumeTrue(disk.isPresent(), "this process may not mount a file system");
        return disk.get();
    }

    private void registerUntilRefused(RegistryNode node) {
        for (int i = 1; i < MOST; i++) {
            int status = register(node, i);
            if (status == 503) {
                return;
            }
            assertThat(status).isEqualTo(201);
        }
        throw new AssertionError("a full disk took " + MOST + " registrations");
    }

    /// The status of the answer.
    private int register(RegistryNode node, int number) {
        var body = "{\"address\":\"h\",\"port\":1,\"leaseSeconds\":80000,\"metadata\":{\"m\":\"" + LARGE + "\"}}";
        int status = node.send("PUT", path(number), body).statusCode();
        if (status < 300) {
            acknowledged.add(number);
        }
        return status;
    }

    private void requireEverythingAt(RegistryNode node) {
        for (int number : acknowledged) {
            var reply = node.get(path(number));
            assertThat(reply.statusCode())
                    .as("%s at %s: %s", path(number), node.uri("/"), reply.body())
                    .isEqualTo(200);
        }
    }

    private static String path(int number) {
        return "/v1/services/service-" + number + "/instances/i";
    }
}
