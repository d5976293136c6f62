package io.legion.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A registry that begins with the instances of another one: by files, and by its store. All in processes of their own.
class FoundedRegistryTest {
    private static final int INSTANCES = 40;

    @TempDir
    private Path directory;

    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void whatOneRegistryExportsAnotherOneBeginsWith() throws Exception {
        int port = FreePort.next();
        int admin = FreePort.next();
        var exported = directory.resolve("instances.jsonl");
        try (var node = node(
                "old",
                NodeText.of(directory.resolve("old"), port).legion("clusterName: old registry"),
                "--admin-port",
                "" + admin)) {
            node.await(NodeMain.READY);
            register(port);
            Eventually.until("all are listed", () -> {
                try {
                    Files.deleteIfExists(exported);
                    command(
                            "export",
                            "--type",
                            "instance",
                            exported.toString(),
                            "--admin",
                            "http://127.0.0.1:" + admin);
                    return Files.readAllLines(exported).size() == INSTANCES;
                } catch (IOException failure) {
                    throw new AssertionError(failure);
                }
            });
            assertThat(node.terminate().exit()).isZero();
        }
        var files = directory.resolve("founding");
        assertThat(command("import", "--type", "instance", "--to", files.toString(), exported.toString())
                        .out())
                .contains(INSTANCES + " partitions of the type instance are in ");
        isFounded("lines", "founding:\n  lines:\n    directory: '" + files + "'\n");
        isFounded(
                "givenup",
                "founding:\n  givenup:\n    clusterName: old registry\n    directory: '" + directory.resolve("old")
                        + "'\n");
    }

    @Test
    void aBadLineEndsTheStartWithItsNumber() throws IOException {
        var files = Files.createDirectory(directory.resolve("founding"));
        Files.writeString(files.resolve("instance.jsonl"), "{\"key\":\"a\",\"state\":{\"lease\":7}}\n");
        var text = NodeText.of(directory.resolve("new"), FreePort.next())
                .with("founding:\n  lines:\n    directory: '" + files + "'\n");
        try (var node = node("new", text)) {
            assertThat(node.exit()).isEqualTo(1);
            assertThat(node.err())
                    .contains("was not founded. Line 1 of " + files.resolve("instance.jsonl"))
                    .doesNotContain("\tat ");
        }
    }

    /// Twice: the second start reads nothing of the data.
    private void isFounded(String name, String group) throws Exception {
        for (int start = 0; start < 2; start++) {
            int port = FreePort.next();
            var text = NodeText.of(directory.resolve(name), port)
                    .legion("shards: 7")
                    .with(group);
            try (var node = node(name, text)) {
                node.await(NodeMain.READY);
                assertThat(get(port, "/v1/services/orders/instances/a7")).contains("\"port\":1007");
                assertThat(get(port, "/v1/services/orders").split("\"id\":", -1))
                        .hasSize(INSTANCES + 1);
                assertThat(node.terminate().exit()).isZero();
            }
            Files.deleteIfExists(directory.resolve("founding").resolve("instance.jsonl"));
        }
    }

    private RunningProgram node(String name, NodeText text, String... more) throws IOException {
        var arguments = new ArrayList<>(List.of(
                "--config", text.write(directory.resolve(name + ".yaml")).toString()));
        arguments.addAll(List.of(more));
        return RunningProgram.start(directory, NodeMain.class, arguments.toArray(String[]::new));
    }

    private RunningProgram command(String... arguments) throws IOException {
        var line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "io.legion.command.CommandMain"));
        line.addAll(List.of(arguments));
        var program = RunningProgram.start(directory, line);
        assertThat(program.exit()).as(program.err()).isZero();
        return program;
    }

    private void register(int port) throws Exception {
        for (int i = 0; i < INSTANCES; i++) {
            var body = "{\"address\":\"h\",\"port\":" + (1_000 + i) + ",\"leaseSeconds\":300}";
            var request = HttpRequest.newBuilder(
                            URI.create("http://127.0.0.1:" + port + "/v1/services/orders/instances/a" + i))
                    .header("Content-Type", "application/json")
                    .PUT(HttpRequest.BodyPublishers.ofString(body))
                    .build();
            assertThat(client.send(request, HttpResponse.BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(201);
        }
    }

    private String get(int port, String path) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }
}
