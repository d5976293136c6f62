package io.legion.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.Legion;
import io.legion.LegionSettings;
import io.legion.core.Consistency;
import io.legion.discovery.json.Json;
import io.legion.discovery.registry.InstanceKey;
import io.legion.discovery.registry.Instances;
import io.legion.discovery.registry.Register;
import io.legion.discovery.registry.Registrations;
import io.legion.discovery.registry.Status;
import io.legion.memory.SoloCluster;
import io.legion.service.Configuration;
import io.legion.service.RecordingLogger;
import io.legion.service.RecordingMonitor;
import io.legion.store.rocksdb.RocksDbStore;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.core.JsonToken;

/// How long a node with many partitions takes to serve again after a kill: printed, since a time is no test here.
class RestartTest {
    private static final int PARTITIONS = 100_000;
    private static final int AT_ONCE = 1000;

    /// Some 130 MB of instances, whose list has 75 MB.
    private static final List<String> HEAP = List.of("-Xmx300m");

    @TempDir
    private Path directory;

    @Test
    @Timeout(240)
    void aNodeWithManyApplicationsServesThemSoonAfterAKill() throws Exception {
        int port = FreePort.next();
        var file = config(port);
        fill(Configuration.read(file, NodeConfig.class).legion());
        try (var node = RunningProgram.start(directory, NodeMain.class, "--config", file.toString())) {
            node.await(NodeMain.READY);
            assertThat(status(port, "SERVICE-7")).isEqualTo(200);
            node.kill();
        }
        long start = System.nanoTime();
        try (var node = RunningProgram.start(HEAP, directory, NodeMain.class, "--config", file.toString())) {
            node.await(NodeMain.READY);
            assertThat(status(port, "SERVICE-" + (PARTITIONS - 1))).isEqualTo(200);
            System.out.println("A node with " + PARTITIONS + " partitions served again "
                    + (System.nanoTime() - start) / 1_000_000 + " ms after it was started, after a kill.");
            assertThat(listed(port)).isEqualTo(PARTITIONS);
        }
    }

    private void fill(LegionSettings settings) {
        try (var logger = RecordingLogger.open();
                var monitor = RecordingMonitor.open();
                var store = RocksDbStore.open(RocksDbStore.Config.of(directory.resolve("store")), logger, monitor);
                var cluster = SoloCluster.open();
                var legion = Legion.with(settings)
                        .store(store)
                        .cluster(cluster)
                        .logger(logger)
                        .monitor(monitor)
                        .open(Registrations.TYPE)) {
            var partitions = legion.partitions(Registrations.TYPE);
            var waiting = new ArrayList<CompletableFuture<?>>();
            for (int i = 0; i < PARTITIONS; i++) {
                var name = "SERVICE-" + i;
                var event = Register.of(Instances.named(name, "a"), Status.UP, Status.UNKNOWN, 1);
                waiting.add(partitions
                        .of(new InstanceKey(name, "a").partition())
                        .requestAsync(event, Consistency.FAST)
                        .toCompletableFuture());
                if (waiting.size() == AT_ONCE) {
                    waiting.forEach(CompletableFuture::join);
                    waiting.clear();
                }
            }
            waiting.forEach(CompletableFuture::join);
        }
    }

    private Path config(int port) throws IOException {
        return NodeText.of(directory.resolve("store"), port)
                .legion("shards: 256")
                .write(directory.resolve("node.yaml"));
    }

    /// How many instances the list of all has.
    private static int listed(int port) throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/eureka/apps"))
                    .header("Accept", "application/json")
                    .build();
            var reply = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            int instances = 0;
            try (var json = Json.MAPPER.createParser(reply.body())) {
                for (var token = json.nextToken(); token != null; token = json.nextToken()) {
                    if (token == JsonToken.PROPERTY_NAME && json.currentName().equals("instanceId")) {
                        instances++;
                    }
                }
            }
            return instances;
        }
    }

    private static int status(int port, String service) throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/services/" + service))
                    .build();
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        }
    }
}
