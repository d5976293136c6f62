package io.legion.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The demonstration as it comes, three nodes, through the death of one and a second start.
class ThreeNodeDemoTest {
    private static final String INSTANCE = "/v1/services/orders/instances/a1";
    private static final String VICTIM = "Node 2: \\S+ +peers at \\S+ +process (\\d+)";

    @TempDir
    private Path directory;

    private final HttpClient client = HttpClient.newHttpClient();
    private final int base = FreePort.base(3);

    @Test
    @Timeout(300)
    void threeNodesServeGoOnWithoutOneTakeItBackAndRecover() throws Exception {
        double slowness = Slowness.now();
        long begin = System.nanoTime();
        try (var demo = demo().await("Ctrl-C stops.")) {
            double seconds = (System.nanoTime() - begin) / 1e9;
            System.out.printf("Three nodes formed and served after %.1f s (slowness %.1f).%n", seconds, slowness);
            assertThat(demo.out()).contains("3 nodes formed the cluster and serve");
            assertThat(seconds).isLessThan(20 * slowness);

            assertThat(send(1, "PUT", "{\"address\":\"h\",\"port\":1,\"leaseSeconds\":600}"))
                    .isEqualTo(201);
            assertThat(send(2, "GET", "")).isEqualTo(200);
            assertThat(send(3, "GET", "")).isEqualTo(200);

            goOnWithoutNodeTwo(demo, slowness);
            takeItBack(demo);
            assertThat(demo.terminate().exit()).isZero();
        }
        try (var demo = demo().await("Ctrl-C stops.")) {
            for (int node = 1; node <= 3; node++) {
                assertThat(send(node, "GET", "")).as("after a second start").isEqualTo(200);
            }
            assertThat(demo.terminate().exit()).isZero();
        }
    }

    private void goOnWithoutNodeTwo(RunningProgram demo, double slowness) throws Exception {
        try (var traffic = Traffic.start(List.of(address(1), address(3)))) {
            traffic.awaitAnswers(500);
            traffic.forget();
            long pid = pidOfNodeTwo(demo.out());
            assertThat(ProcessHandle.of(pid).orElseThrow().destroyForcibly()).isTrue();
            traffic.awaitAnswers(2_000);
            demo.await("Node 2 is gone: it was ended by signal 9. Start it again: ./legion node --config");
            System.out.printf(
                    "Longest FAST request around the kill of a node: %d ms (slowness %.1f).%n",
                    traffic.longestMillis(), slowness);
            assertThat(traffic.failures()).isEmpty();
            assertThat((double) traffic.longestMillis()).isLessThan(1_000 * slowness);
        }
    }

    private void takeItBack(RunningProgram demo) throws IOException, InterruptedException {
        var file = Path.of("demo", "node-2.yaml").toString();
        assertThat(demo.out()).contains("./legion node --config " + file);
        try (var again = RunningProgram.start(directory, NodeMain.class, "--config", file)) {
            again.await(NodeMain.READY).await(Formation.complete(3, 3));
            assertThat(send(2, "GET", "")).isEqualTo(200);
            assertThat(again.terminate().exit()).isZero();
        }
    }

    private static long pidOfNodeTwo(String out) {
        var line = Pattern.compile(VICTIM).matcher(out);
        assertThat(line.find()).as(out).isTrue();
        return Long.parseLong(line.group(1));
    }

    private RunningProgram demo() throws IOException {
        return RunningProgram.start(directory, DemoMain.class, "--base-port", Integer.toString(base), "--data", "demo");
    }

    private String address(int node) {
        return "http://127.0.0.1:" + (base + node);
    }

    private int send(int node, String method, String body) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(address(node) + INSTANCE))
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }
}
