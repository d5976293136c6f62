package io.legion.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.discovery.process.ExitCode;
import io.legion.service.Configuration;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The node as a process of its own, and what it says to bad input.
class NodeMainTest {
    @TempDir
    private Path directory;

    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void aWrongFlagIsRefusedWithTheNearestRightOne() throws IOException {
        try (var node = RunningProgram.start(directory, NodeMain.class, "--confg", "x")) {
            assertThat(node.exit()).isEqualTo(2);
            assertThat(node.err()).contains("--confg", "--config").doesNotContain("\tat ");
        }
    }

    @Test
    void aWrongKeyIsRefusedWithTheNearestRightOneAndNothingIsOpened() throws IOException {
        var file = config(0).toString();
        Files.writeString(Path.of(file), Files.readString(Path.of(file)).replace("port:", "prot:"));
        try (var node = RunningProgram.start(directory, NodeMain.class, "--config", file)) {
            assertThat(node.exit()).isEqualTo(2);
            assertThat(node.err()).contains("prot", "Did you mean \"port\"?").doesNotContain("\tat ");
            assertThat(directory.resolve("store")).doesNotExist();
        }
    }

    @Test
    void aMissingFileIsRefused() throws IOException {
        try (var node = RunningProgram.start(directory, NodeMain.class, "--config", "nowhere.yaml")) {
            assertThat(node.exit()).isEqualTo(2);
            assertThat(node.err()).contains("There is no configuration file nowhere.yaml");
        }
    }

    @Test
    void aPortInUseIsToldAndTheStoreIsLeftAsItWas() throws IOException {
        try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var node = node(other.getLocalPort())) {
            assertThat(node.exit()).isEqualTo(1);
            assertThat(node.err())
                    .contains("127.0.0.1:" + other.getLocalPort(), "set another host or port")
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void aDirectoryInUseByAnotherProcessIsToldAndTheOtherGoesOn() throws Exception {
        int port = FreePort.next();
        try (var first = node(port).await(NodeMain.READY);
                var second = node(FreePort.next())) {
            assertThat(second.exit()).isEqualTo(1);
            assertThat(second.err())
                    .contains(directory.resolve("store").toString())
                    .doesNotContain("\tat ");
            assertThat(send(port, "PUT", "/v1/services/orders/instances/a", "{\"address\":\"h\",\"port\":1}"))
                    .isEqualTo(201);
            assertThat(first.terminate().exit()).isZero();
        }
    }

    @Test
    void aCorruptedStoreIsToldAndLeftAsItIs() throws Exception {
        int port = FreePort.next();
        try (var node = node(port).await(NodeMain.READY)) {
            send(port, "PUT", "/v1/services/orders/instances/a", "{\"address\":\"h\",\"port\":1}");
            assertThat(node.terminate().exit()).isZero();
        }
        var current = find("CURRENT");
        Files.writeString(current, "nonsense", StandardOpenOption.TRUNCATE_EXISTING);
        try (var node = node(port)) {
            assertThat(node.exit()).isEqualTo(1);
            assertThat(node.err())
                    .contains(directory.resolve("store").toString())
                    .doesNotContain("\tat ");
            assertThat(Files.readString(current)).isEqualTo("nonsense");
        }
    }

    @Test
    void onSigtermItStopsInOrderAndWhatWasAcknowledgedIsThereAgain() throws Exception {
        int port = FreePort.next();
        try (var node = node(port).await(NodeMain.READY)) {
            send(port, "PUT", "/v1/services/orders/instances/a", "{\"address\":\"h\",\"port\":1}");
            assertThat(node.terminate().exit()).isZero();
            assertThat(node.err()).contains("stopping").doesNotContain("\tat ");
        }
        try (var node = node(port).await(NodeMain.READY);
                var events = watch(port)) {
            assertThat(send(port, "GET", "/v1/services/orders/instances/a", "")).isEqualTo(200);
            assertThat(events.lines().anyMatch("event: ready"::equals)).isTrue();
            node.terminate();
            assertThat(events.lines())
                    .as("the end of the stream")
                    .containsSequence("event: cut", "data: {\"reason\":\"the registry stops; connect again\"}");
            assertThat(node.exit()).isZero();
        }
    }

    @Test
    void itStopsWithItsParentIfToldSo() throws Exception {
        var file = config(FreePort.next()).toString();
        try (var node = RunningProgram.start(directory, NodeMain.class, "--config", file, "--stop-with-parent")) {
            node.await(NodeMain.READY);
            node.endInput();
            assertThat(node.exit()).isZero();
        }
    }

    @Test
    void theAdminServiceListensWhereTheFlagsSayAndTheRegistrysPageLeadsThere() throws Exception {
        int port = FreePort.next();
        var admin = Integer.toString(FreePort.next());
        var file = config(port).toString();
        try (var node = RunningProgram.start(directory, NodeMain.class, "--config", file, "--admin-port", admin)) {
            node.await(NodeMain.READY);
            assertThat(get("http://127.0.0.1:" + admin + "/cluster")).contains("\"name\":\"test\"");
            assertThat(get("http://127.0.0.1:" + port + "/")).contains("http://127.0.0.1:" + admin + "/");
        }
    }

    @Test
    void anAdminServiceThatOtherMachinesReachNeedsTlsAndAuthentication() throws Exception {
        var file = config(FreePort.next()).toString();
        try (var node = RunningProgram.start(
                directory, NodeMain.class, "--config", file, "--admin-host", "0.0.0.0", "--admin-port", "0")) {
            assertThat(node.exit()).isEqualTo(ExitCode.USAGE);
            assertThat(node.err()).contains("\"admin\": The admin service would listen at 0.0.0.0:0 without TLS");
        }
    }

    private String get(String uri) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(uri)).build();
        return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }

    @Test
    void theConfigurationInTheDocumentsIsValidAndHasTheDefaults() throws IOException {
        var text = Files.readString(Path.of("..", "docs", "node.yaml"));
        var full = Configuration.parse("docs/node.yaml", text, NodeConfig.class);
        var least = Configuration.parse("least", """
                log: console
                store:
                  rocksdb:
                    directory: data/node-1
                legion:
                  clusterName: registry
                  startup:
                    automatic:
                      mayFound: true
                http:
                  port: 8761
                """, NodeConfig.class);
        assertThat(full).isEqualTo(least);
    }

    private RunningProgram node(int port) throws IOException {
        return RunningProgram.start(
                directory, NodeMain.class, "--config", config(port).toString());
    }

    private Path config(int port) throws IOException {
        return NodeText.of(directory.resolve("store"), port).write(directory.resolve("node-" + port + ".yaml"));
    }

    private Path find(String name) throws IOException {
        try (var files = Files.walk(directory.resolve("store"))) {
            return files.filter(file -> file.getFileName().toString().equals(name))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /// The lines of the stream of changes.
    private BufferedReader watch(int port) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/watch"))
                .build();
        var stream =
                client.send(request, HttpResponse.BodyHandlers.ofInputStream()).body();
        return new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
    }

    private int send(int port, String method, String path, String body) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }
}
