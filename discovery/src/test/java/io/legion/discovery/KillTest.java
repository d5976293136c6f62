package io.legion.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.discovery.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Kills a node at random moments under load: what it had acknowledged is there when it is started again.
class KillTest {
    private static final int WRITERS = 4;
    private static final int SERVICES = 40;

    @TempDir
    private Path directory;

    private final HttpClient client = HttpClient.newHttpClient();
    /// What was acknowledged of each instance: its version, and the time of its last renewal as the node told it.
    private final Map<String, Integer> versions = new ConcurrentHashMap<>();
    private final Map<String, Instant> renewals = new ConcurrentHashMap<>();

    @ParameterizedTest
    @CsvSource({"handed-over,11,10", "forced,12,10"})
    @Timeout(240)
    void everyAcknowledgedRegistrationAndRenewalIsThereAfterAKill(String durability, long seed, int rounds)
            throws Exception {
        var random = new Random(seed);
        int port = FreePort.next();
        var config = config(durability, port);
        for (int round = 0; round < rounds; round++) {
            try (var node = RunningProgram.start(directory, NodeMain.class, "--config", config.toString())) {
                node.await(NodeMain.READY);
                check(port);
                loadUntilKilled(port, node, random, round);
            }
        }
        assertThat(versions).as("seed " + seed).isNotEmpty();
        assertThat(renewals).as("seed " + seed).isNotEmpty();
        try (var node = RunningProgram.start(directory, NodeMain.class, "--config", config.toString())) {
            node.await(NodeMain.READY);
            check(port);
            assertThat(node.terminate().exit()).isZero();
        }
    }

    private void loadUntilKilled(int port, RunningProgram node, Random random, int round) throws Exception {
        var stop = new AtomicBoolean();
        var writers = new ArrayList<Thread>();
        int before = versions.size() + renewals.size();
        for (int writer = 0; writer < WRITERS; writer++) {
            int number = writer;
            var own = new Random(random.nextLong());
            writers.add(Thread.ofVirtual().start(() -> write(port, number, round, own, stop)));
        }
        // Under load, so only after something of this round was acknowledged.
        while (round == 0 && versions.size() + renewals.size() <= before) {
            LockSupport.parkNanos(1_000_000);
        }
        LockSupport.parkNanos(random.nextLong(50_000_000, 700_000_000));
        node.kill();
        stop.set(true);
        for (var writer : writers) {
            writer.join();
        }
    }

    /// Each instance is written by one writer, so what was acknowledged last is known.
    private void write(int port, int writer, int round, Random random, AtomicBoolean stop) {
        int number = round * 1_000_000;
        while (!stop.get()) {
            var name = "service-" + random.nextInt(SERVICES) + "/instances/w" + writer;
            try {
                if (random.nextBoolean() || !versions.containsKey(name)) {
                    register(port, name, ++number);
                } else {
                    renew(port, name);
                }
            } catch (IOException killed) {
                return;
            } catch (InterruptedException interrupted) {
                throw new AssertionError(interrupted);
            }
        }
    }

    private void register(int port, String name, int number) throws IOException, InterruptedException {
        var body = "{\"address\":\"h\",\"port\":1,\"leaseSeconds\":86400,\"version\":\"" + number + ".0.0\"}";
        if (send(port, "PUT", "/v1/services/" + name, body).statusCode() < 300) {
            versions.put(name, number);
        }
    }

    private void renew(int port, String name) throws IOException, InterruptedException {
        if (send(port, "POST", "/v1/services/" + name + "/heartbeat", "").statusCode() == 204) {
            // The renewal is at least as late as the one that the node shows now.
            var shown = send(port, "GET", "/v1/services/" + name, "");
            renewals.put(
                    name,
                    Instant.parse(
                            Json.MAPPER.readTree(shown.body()).get("renewed").asString()));
        }
    }

    /// A request that was not acknowledged may have been done too, so what is found may be later, never earlier.
    private void check(int port) throws Exception {
        for (var entry : versions.entrySet()) {
            var reply = send(port, "GET", "/v1/services/" + entry.getKey(), "");
            assertThat(reply.statusCode()).as(entry.getKey()).isEqualTo(200);
            var instance = Json.MAPPER.readTree(reply.body());
            var version = Integer.parseInt(instance.get("version").asString().split("\\.", -1)[0]);
            assertThat(version).as(entry.getKey()).isGreaterThanOrEqualTo(entry.getValue());
            var renewed = renewals.getOrDefault(entry.getKey(), Instant.EPOCH);
            assertThat(Instant.parse(instance.get("renewed").asString()))
                    .as(entry.getKey())
                    .isAfterOrEqualTo(renewed);
        }
    }

    private HttpResponse<String> send(int port, String method, String path, String body)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private Path config(String durability, int port) throws IOException {
        return NodeText.of(directory.resolve("store"), port)
                .legion("durability: " + durability)
                .write(directory.resolve("node.yaml"));
    }
}
