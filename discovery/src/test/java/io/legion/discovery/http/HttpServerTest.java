package io.legion.discovery.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.legion.discovery.ManualClock;
import io.legion.discovery.TestRegistry;
import io.legion.service.Logger;
import io.legion.service.RecordingLogger;
import io.legion.service.RecordingMonitor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class HttpServerTest {
    private final ManualClock clock = new ManualClock();

    @Test
    void aBodyThatIsTooLargeIsRefusedAndTheServerGoesOn() throws IOException {
        try (var registry = new TestRegistry(clock)) {
            var reply = registry.send(
                    "POST", "/eureka/apps/ORDERS", "x".repeat(64 * 1024 + 1), "Content-Type", "application/json");
            assertThat(reply.statusCode()).isEqualTo(413);
            assertThat(reply.body()).contains("larger than the 64 KiB allowed");
            assertThat(registry.get("/v1/services").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aBodyOfUnknownLengthThatIsTooLargeIsRefusedToo() throws IOException {
        try (var registry = new TestRegistry(clock)) {
            var chunk = "8000\r\n" + "x".repeat(0x8000) + "\r\n";
            var reply = raw(
                    registry.port(),
                    "POST /eureka/apps/ORDERS HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\n"
                            + "Transfer-Encoding: chunked\r\n\r\n" + chunk + chunk + chunk + "0\r\n\r\n");
            assertThat(reply).startsWith("HTTP/1.1 413").contains("larger than");
        }
    }

    @Test
    void aPathAndHeadersThatAreTooLongAreRefused() throws IOException {
        try (var registry = new TestRegistry(clock)) {
            assertThat(raw(registry.port(), "GET /" + "x".repeat(3000) + " HTTP/1.1\r\nHost: h\r\n\r\n"))
                    .containsPattern("HTTP/1.1 4[0-9][0-9]");
            assertThat(raw(
                            registry.port(),
                            "GET /v1/services HTTP/1.1\r\nHost: h\r\nX: " + "x".repeat(5000) + "\r\n\r\n"))
                    .containsPattern("HTTP/1.1 4[0-9][0-9]");
            assertThat(registry.get("/v1/services").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void whatIsNoHttpIsNotAnsweredAndTheServerGoesOn() throws IOException {
        try (var registry = new TestRegistry(clock)) {
            assertThat(raw(registry.port(), "hello\r\n\r\n")).isEmpty();
            assertThat(registry.get("/v1/services").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void anUnknownPathAndAWrongMethodAreToldApart() throws IOException {
        try (var registry = new TestRegistry(clock)) {
            assertThat(registry.get("/nothing").statusCode()).isEqualTo(404);
            var reply = registry.send("PATCH", "/v1/services/orders/instances/a", "");
            assertThat(reply.statusCode()).isEqualTo(405);
            assertThat(reply.headers().firstValue("Allow")).contains("DELETE, GET, PUT");
            assertThat(reply.body()).contains("does not know the method PATCH");
            assertThat(raw(registry.port(), "GET /v1/services/%zz HTTP/1.1\r\nHost: h\r\n\r\n"))
                    .startsWith("HTTP/1.1 400");
        }
    }

    @Test
    void aRequestTooManyIsSentAwayAndServedLater() throws Exception {
        var entered = new CountDownLatch(1);
        var leave = new CountDownLatch(1);
        var slow = new Route("GET", "/slow", _ -> {
            entered.countDown();
            await(leave);
            return ApiReply.of(204);
        });
        try (var logger = RecordingLogger.open();
                var monitor = RecordingMonitor.open();
                var server = HttpServer.open(TestRegistry.limits(1), new Router(List.of(slow)), logger, monitor)) {
            var first = Thread.ofVirtual().start(() -> raw(server.port(), "GET /slow HTTP/1.1\r\nHost: h\r\n\r\n"));
            entered.await();
            assertThat(raw(server.port(), "GET /slow HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"))
                    .startsWith("HTTP/1.1 503")
                    .contains("Retry-After: 1", "more than 1 requests at once");
            leave.countDown();
            first.join();
            assertThat(raw(server.port(), "GET /slow HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"))
                    .startsWith("HTTP/1.1 204");
        }
    }

    @Test
    void aBugIsAnswered500AndLoggedAndTellsTheCallerNothingOfTheInside() throws IOException {
        var broken = new Route("GET", "/broken", _ -> {
            throw new IllegalStateException("secret");
        });
        try (var logger = RecordingLogger.open();
                var monitor = RecordingMonitor.open();
                var server = HttpServer.open(TestRegistry.limits(1), new Router(List.of(broken)), logger, monitor)) {
            var reply = raw(server.port(), "GET /broken HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
            assertThat(reply).startsWith("HTTP/1.1 500").doesNotContain("secret");
            logger.expect(Logger.Priority.ERROR, "a request failed: GET /broken");
        }
    }

    @Test
    void aPortInUseIsToldWithWhatToDo() throws IOException {
        try (var registry = new TestRegistry(clock)) {
            var limits = TestRegistry.limits(1);
            var same = new HttpServer.Config(
                    "127.0.0.1",
                    registry.port(),
                    limits.maximumBody(),
                    limits.maximumPath(),
                    limits.maximumHeaders(),
                    1,
                    1,
                    Duration.ofSeconds(1));
            var watching = TestRegistry.watching(1);
            assertThatThrownBy(() -> new TestRegistry(clock, same, watching))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("127.0.0.1:" + registry.port())
                    .hasMessageContaining("set another http.port");
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    /// Sends these bytes and gives what comes back until the server closes or falls silent.
    private static String raw(int port, String text) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(3000);
            var reply = new StringBuilder();
            try {
                socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
                var in = socket.getInputStream();
                for (int b = in.read(); b >= 0; b = in.read()) {
                    reply.append((char) b);
                    if (reply.length() > 10_000) {
                        break;
                    }
                }
            } catch (IOException closedOrSilent) {
                // What came until then is what the test looks at.
            }
            return reply.toString();
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }
}
