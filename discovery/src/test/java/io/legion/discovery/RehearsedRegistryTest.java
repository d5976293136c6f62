package io.legion.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.discovery.registry.Registrations;
import io.legion.simulation.rehearsal.Rehearsal;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A history of a registry that works, recorded by the command from the process of a node, rehearsed here.
class RehearsedRegistryTest {
    @TempDir
    private Path directory;

    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void whatTheCommandRecordsPassesOnTheSameRelease() throws Exception {
        int port = FreePort.next();
        int admin = FreePort.next();
        var config = NodeText.of(directory.resolve("data"), port)
                .legion("clusterName: registry")
                .write(directory.resolve("node.yaml"))
                .toString();
        var histories = directory.resolve("histories");
        try (var node =
                RunningProgram.start(directory, NodeMain.class, "--config", config, "--admin-port", "" + admin)) {
            node.await(NodeMain.READY);
            var refused = record(admin, histories);
            assertThat(refused.exit()).isEqualTo(1);
            assertThat(refused.err()).contains("no pseudonyms for the type 'instance'", "--real-data");

            var recording = record(admin, histories, "--real-data", "--for", "4s");
            int registered = 0;
            while (recording.handle().isAlive()) {
                register(port, registered++);
            }
            assertThat(recording.exit()).as(recording.err()).isZero();
            assertThat(recording.out()).contains("events of the type instance are in " + histories, ", as they are.");
            assertThat(node.terminate().exit()).isZero();
        }
        assertThat(Rehearsal.of(Registrations.TYPE, histories).check().checked())
                .isNotEmpty();
    }

    private RunningProgram record(int admin, Path histories, String... more) throws IOException {
        var line = Stream.concat(
                        Stream.of(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                "io.legion.command.CommandMain",
                                "record",
                                "--type",
                                "instance",
                                "--out",
                                histories.toString(),
                                "--admin",
                                "http://127.0.0.1:" + admin),
                        Stream.of(more))
                .toList();
        return RunningProgram.start(directory, List.copyOf(line));
    }

    private void register(int port, int number) throws Exception {
        var body = "{\"address\":\"h\",\"port\":" + (1_000 + number % 100) + ",\"leaseSeconds\":300}";
        var request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + port + "/v1/services/orders/instances/a" + number % 20))
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(body))
                .build();
        assertThat(client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isBetween(200, 201);
    }
}
