package io.legion.http.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.http.ApiReply;
import io.legion.http.Route;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// While the server has a request, the silence of its connection is no fault of the client, however long it lasts.
@Timeout(60)
class SilentConnectionTest {
    private static final Duration IDLE = Duration.ofSeconds(1);
    private static final String CLOSE = " HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n";
    private static final String STAY = " HTTP/1.1\r\nHost: h\r\n\r\n";

    private static Route working(Duration time) {
        return new Route("GET", "/slow", _ -> {
            work(time);
            return ApiReply.of(200, "text/plain", "late".getBytes(StandardCharsets.UTF_8));
        });
    }

    /// What the server must bear.
    private static void work(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aRequestMayTakeLongerThanItsConnectionMayBeIdle() {
        try (var server = TestServer.open(Map.of("idleTimeout", IDLE), working(IDLE.plusMillis(1_500)))) {
            assertThat(server.raw("GET /slow" + CLOSE))
                    .startsWith("HTTP/1.1 200")
                    .endsWith("late");
        }
    }

    @Test
    void aRequestMayWaitForItsTurnLongerThanItsConnectionMayBeIdle() {
        try (var server = TestServer.open(Map.of("idleTimeout", IDLE, "maximumRequestsPerSecond", 1));
                var client = server.client()) {
            client.send("GET /echo" + STAY + "GET /echo" + STAY + "GET /echo" + CLOSE);
            assertThat(client.untilClosed().split("HTTP/1.1 200", -1)).hasSize(1 + 3);
        }
    }
}
