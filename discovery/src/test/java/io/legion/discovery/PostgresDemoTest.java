package io.legion.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.service.RecordingLogger;
import io.legion.store.postgres.TestPrograms;
import io.legion.store.postgres.server.PrivatePostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The demonstration on PostgreSQL: a private server, or a database that is there.
class PostgresDemoTest {
    private static final String INSTANCE = "/v1/services/orders/instances/a1";

    @TempDir
    private Path directory;

    private final HttpClient client = HttpClient.newHttpClient();
    private final int base = FreePort.base(3);

    @Test
    @Timeout(240)
    void withoutAUrlItStartsAServerOfItsOwnWhichKeepsTheState() throws Exception {
        try (var demo = demo("--store", "postgres").await("Ctrl-C stops.")) {
            assertThat(demo.out()).contains("The nodes keep their state in a private PostgreSQL at 127.0.0.1:");
            assertThat(demo.out()).contains("3 nodes formed the cluster and serve");
            assertThat(send(1, "PUT", "{\"address\":\"h\",\"port\":1,\"leaseSeconds\":600}"))
                    .isEqualTo(201);
            assertThat(send(3, "GET", "")).isEqualTo(200);
            assertThat(demo.terminate().exit()).isZero();
            assertThat(directory.resolve("demo/postgres/data/postmaster.pid")).doesNotExist();
        }
        try (var demo = demo("--store", "postgres").await("Ctrl-C stops.")) {
            assertThat(send(2, "GET", "")).isEqualTo(200);
            assertThat(demo.terminate().exit()).isZero();
        }
    }

    @Test
    @Timeout(120)
    void onADatabaseThatIsThereNobodySeesThePassword() throws Exception {
        var config = new PrivatePostgres.Config(directory.resolve("server"), TestPrograms.unpacked(), 0, Map.of());
        try (var logger = RecordingLogger.open();
                var server = PrivatePostgres.open(config, logger)) {
            var password = Files.readString(server.passwordFile());
            try (var demo = demo(
                            "--store",
                            "postgres",
                            "--postgres-url",
                            server.url(),
                            "--postgres-user",
                            PrivatePostgres.USER,
                            "--postgres-password-file",
                            server.passwordFile().toString(),
                            "--nodes",
                            "1")
                    .await("Ctrl-C stops.")) {
                assertThat(send(1, "PUT", "{\"address\":\"h\",\"port\":1,\"leaseSeconds\":600}"))
                        .isEqualTo(201);
                assertThat(commandLines())
                        .contains("DemoMain")
                        .contains("node-1.yaml")
                        .doesNotContain(password);
                assertThat(demo.terminate().exit()).isZero();
                assertThat(demo.out() + demo.err()).doesNotContain(password);
            }
            assertThat(Files.readString(directory.resolve("demo/node-1.log"))).doesNotContain(password);
            assertThat(Files.readString(directory.resolve("demo/node-1.yaml"))).doesNotContain(password);
            assertThat(Files.getPosixFilePermissions(directory.resolve("demo/node-1.yaml")))
                    .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        }
    }

    /// Ctrl-C goes to all processes of the terminal. The nodes can only close in order while the server runs.
    @Test
    @Timeout(120)
    void ctrlCStopsTheServerAfterTheNodes() throws Exception {
        try (var demo = demo(List.of("setsid"), "--store", "postgres").await("Ctrl-C stops.")) {
            assertThat(send(1, "PUT", "{\"address\":\"h\",\"port\":1,\"leaseSeconds\":600}"))
                    .isEqualTo(201);
            new ProcessBuilder("kill", "-INT", "--", "-" + demo.handle().pid())
                    .start()
                    .waitFor();
            assertThat(demo.exit()).isZero();
        }
        for (int node = 1; node <= 3; node++) {
            assertThat(Files.readString(directory.resolve("demo/node-" + node + ".log")))
                    .contains("Closed the store")
                    .doesNotContain("has no connection");
        }
        assertThat(directory.resolve("demo/postgres/data/postmaster.pid")).doesNotExist();
    }

    @Test
    void aPortInUseIsFoundBeforeADatabaseIsStarted() throws Exception {
        try (var _ = new ServerSocket(base + 1, 1, InetAddress.getLoopbackAddress());
                var demo = demo("--store", "postgres")) {
            assertThat(demo.exit()).isEqualTo(1);
            assertThat(demo.err()).contains("The port " + (base + 1)).contains("Nothing was started");
            assertThat(directory.resolve("demo/postgres")).doesNotExist();
        }
    }

    @Test
    void aUrlWithAPasswordIsRefusedBeforeAnythingIsStarted() throws IOException {
        try (var demo = demo("--store", "postgres", "--postgres-url", "postgresql://db/x?password=hidden")) {
            assertThat(demo.exit()).isEqualTo(2);
            assertThat(demo.err()).contains("--postgres-password-file FILE").doesNotContain("hidden");
            assertThat(directory.resolve("demo")).doesNotExist();
        }
    }

    /// What the list of processes shows to everybody.
    private static String commandLines() throws IOException {
        var list = new ProcessBuilder("ps", "-eww", "-o", "args").start();
        return new String(list.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    /// The programs that the build brings are found on the path, if the machine has no others.
    private RunningProgram demo(String... more) throws IOException {
        return demo(List.of(), more);
    }

    private RunningProgram demo(List<String> wrapper, String... more) throws IOException {
        var arguments = new ArrayList<>(List.of("--base-port", Integer.toString(base), "--data", "demo"));
        arguments.addAll(List.of(more));
        var under = new ArrayList<>(wrapper);
        under.addAll(List.of("env", "PATH=" + System.getenv("PATH") + ":" + TestPrograms.unpacked()));
        return RunningProgram.startUnder(
                under, RunningProgram.QUICK, directory, DemoMain.class, arguments.toArray(String[]::new));
    }

    private int send(int node, String method, String body) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + (base + node) + INSTANCE))
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }
}
