package io.legion.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.discovery.process.ExitCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A node that runs out of something goes on, or ends: it never holds its ports and answers nothing.
class ScarceResourcesTest {
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final int HANDLES = 400;
    private static final int CONNECTIONS = 600;
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final List<String> ENDS_WITHOUT_MEMORY =
            List.of("-Xmx96m", "-XX:+UseG1GC", "-XX:TieredStopAtLevel=1", "-XX:+ExitOnOutOfMemoryError");

    @TempDir
    private Path directory;

    private int port;

    private RunningProgram start(List<String> wrapper, List<String> flags) throws IOException {
        port = FreePort.next();
        var file = NodeText.of(directory.resolve("store"), port).write(directory.resolve("node.yaml"));
        return RunningProgram.startUnder(wrapper, flags, directory, NodeMain.class, "--config", file.toString());
    }

    private static List<String> limited(String command) {
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "there is no shell to set limits with");
        return List.of("/bin/sh", "-c", command + " && exec \"$@\"", "limited");
    }

    @Test
    @Timeout(120)
    void moreConnectionsThanFileHandlesAndItServesAgainWhenTheyGo() throws Exception {
        try (var node = start(limited("ulimit -n " + HANDLES), RunningProgram.QUICK)) {
            node.await(NodeMain.READY);
            assertThat(node.err()).contains("it may have only " + HANDLES, "takes the place of one that only waits");
            var sockets = new ArrayList<Socket>();
            try {
                for (int i = 0; i < CONNECTIONS; i++) {
                    sockets.add(new Socket(InetAddress.getLoopbackAddress(), port));
                    sockets.getLast().getOutputStream().write('G');
                }
            } finally {
                for (var socket : sockets) {
                    socket.close();
                }
            }
            Eventually.until("it serves again", () -> status("GET", "/health/ready", "") == 200);
            assertThat(register(0, 10)).isEqualTo(201);
            assertThat(node.terminate().exit()).isZero();
        }
    }

    @Test
    @Timeout(60)
    void withTooFewFileHandlesItDoesNotStartAndSaysHowManyItNeeds() throws Exception {
        try (var node = start(limited("ulimit -n 200"), RunningProgram.QUICK)) {
            assertThat(node.exit()).isEqualTo(ExitCode.FAILURE);
            assertThat(node.err()).contains("file handles", "it may have only 200", "Raise the limit");
        }
    }

    @Test
    @Timeout(300)
    void aHeapThatFillsEndsTheProcessOrRefusesAndLosesNothing() throws Exception {
        var acknowledged = new ArrayList<Integer>();
        try (var node = start(List.of(), ENDS_WITHOUT_MEMORY)) {
            node.await(NodeMain.READY);
            int refused = 0;
            for (int i = 0; node.handle().isAlive() && refused < 100 && i < 8_000; i++) {
                int status = register(i, 50_000);
                if (status == 201) {
                    acknowledged.add(i);
                } else if (status >= 400) {
                    refused++;
                }
                if (i % 10 == 0) {
                    status("GET", "/v1/services?limit=1", "");
                }
            }
            assertThat(acknowledged).isNotEmpty();
            if (node.handle().isAlive()) {
                assertThat(refused).isPositive();
                assertThat(status("GET", "/health/live", "")).isEqualTo(200);
                node.terminate();
                node.exit();
            } else {
                assertThat(node.exit()).isEqualTo(ExitCode.EXHAUSTED);
                assertThat(node.out() + node.err()).contains("OutOfMemoryError");
            }
        }
        try (var node = start(List.of(), List.of("-Xmx512m", "-XX:TieredStopAtLevel=1"))) {
            node.await(NodeMain.READY);
            assertThat(acknowledged)
                    .allSatisfy(i -> assertThat(status("GET", path(i), "")).isEqualTo(200));
            node.terminate();
            node.exit();
        }
    }

    private int register(int number, int bytes) {
        return status(
                "PUT",
                path(number),
                "{\"address\":\"h\",\"port\":1,\"leaseSeconds\":80000,\"metadata\":{\"m\":\"" + "x".repeat(bytes)
                        + "\"}}");
    }

    private static String path(int number) {
        return "/v1/services/service-" + number + "/instances/i";
    }

    /// The status of the answer; 0 if there is none because the node is gone. A node that hangs fails the test.
    private int status(String method, String path, String body) {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Content-Type", "application/json")
                .timeout(PATIENCE)
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            return CLIENT.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (HttpTimeoutException hangs) {
            throw new AssertionError(method + " " + path + " had no answer within " + PATIENCE, hangs);
        } catch (IOException gone) {
            return 0;
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }
}
