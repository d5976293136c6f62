package io.legion.benchmarks.cluster.subject;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.legion.service.RecordingLogger;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A node that is to be watched: what its admin service shows, and that it is there only while it is wanted.
final class WatchedCountersTest {
    @TempDir
    private Path directory = Path.of("");

    @Test
    void theAdminServiceShowsTheClusterAndTheMetersUntilItIsClosed() throws IOException, InterruptedException {
        var node = new NodeOfLegion(Mode.FAST, Kept.MEMORY, directory, 0, List.of(freeAddress()));
        try (var counters = WatchedCounters.open(node, RecordingLogger.open());
                var http = HttpClient.newHttpClient()) {
            for (int opened = 1; opened <= 2; opened++) {
                var admin = counters.openAdmin();
                assertThat(counters.increment("a")).isEqualTo(opened);
                assertThat(answer(http, admin, "/cluster")).contains("\"name\":\"benchmark\"");
                assertThat(answer(http, admin, "/metrics"))
                        .containsPattern("legion_request_seconds_bucket\\{consistency=\"fast\",le=\"[^\"]+\"} [1-9]")
                        .contains("admin_http_");
                counters.closeAdmin();
                assertThatThrownBy(() -> answer(http, admin, "/cluster")).isInstanceOf(ConnectException.class);
            }
        }
    }

    private static String answer(HttpClient http, URI admin, String path) throws IOException, InterruptedException {
        var answer = http.send(HttpRequest.newBuilder(admin.resolve(path)).build(), BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.body();
    }

    private static String freeAddress() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return "127.0.0.1:" + socket.getLocalPort();
        }
    }
}
