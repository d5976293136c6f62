package io.legion.http.jetty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.legion.http.ApiReply;
import io.legion.http.ApiRequest;
import io.legion.http.HttpException;
import io.legion.http.Route;
import io.legion.http.Router;
import io.legion.service.ByteSize;
import io.legion.service.Logger;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class JettyHttpServerTest {
    private static final String CLOSE = " HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n";

    @Test
    void anUnknownPathAndAWrongMethodAreToldApart() {
        try (var server = TestServer.open(Map.of())) {
            assertThat(server.raw("GET /none" + CLOSE))
                    .startsWith("HTTP/1.1 404")
                    .contains("nothing at /none");
            assertThat(server.raw("PATCH /echo" + CLOSE))
                    .startsWith("HTTP/1.1 405")
                    .contains("Allow: GET, HEAD, PUT", "does not know the method PATCH");
            assertThat(server.raw("HEAD /nothing" + CLOSE))
                    .startsWith("HTTP/1.1 405")
                    .contains("Allow: DELETE");
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
        try (var server = TestServer.open(Map.of("maximumRequests", 1), slow);
                var first = server.client()) {
            first.send("GET /slow HTTP/1.1\r\nHost: h\r\n\r\n");
            entered.await();
            assertThat(server.raw("GET /echo" + CLOSE))
                    .startsWith("HTTP/1.1 503")
                    .contains("Retry-After: 1", "more than 1 requests at once");
            leave.countDown();
            first.until("204");
            assertThat(server.monitor.count("http.refused")).isEqualTo(1);
        }
    }

    @Test
    void anErrorIsABugToo() {
        var broken = new Route("GET", "/broken", _ -> {
            throw new StackOverflowError();
        });
        try (var server = TestServer.open(Map.of(), broken)) {
            assertThat(server.raw("GET /broken" + CLOSE)).startsWith("HTTP/1.1 500");
            server.logger.expect(Logger.Priority.ERROR, "a request failed: GET /broken");
        }
    }

    @Test
    void aBugIsAnswered500AndLoggedAndTellsTheCallerNothingOfTheInside() {
        var broken = new Route("GET", "/broken", _ -> {
            throw new IllegalStateException("secret");
        });
        try (var server = TestServer.open(Map.of(), broken)) {
            assertThat(server.raw("GET /broken" + CLOSE))
                    .startsWith("HTTP/1.1 500")
                    .doesNotContain("secret");
            server.logger.expect(Logger.Priority.ERROR, "a request failed: GET /broken");
        }
    }

    @Test
    void aBugOfAStreamIsLoggedAndItsReplyHasNoEnd() {
        var broken = new Route(
                "GET",
                "/broken",
                _ -> ApiReply.streaming("text/plain", out -> {
                    out.write('x');
                    out.flush();
                    throw new IllegalStateException("planted");
                }));
        try (var server = TestServer.open(Map.of(), broken)) {
            assertThat(server.raw("GET /broken" + CLOSE)).contains("x").doesNotContain("0\r\n\r\n");
            server.logger.expect(Logger.Priority.ERROR, "the reply to a request failed: GET /broken");
        }
    }

    @Test
    void whatAHandlerRefusesHasItsStatus() {
        var unknown = new Route("GET", "/unknown", _ -> {
            throw HttpException.notFound("no \"such\u0001 thing");
        });
        var invalid = new Route("GET", "/invalid", _ -> {
            throw new IllegalArgumentException("not so");
        });
        var later = new Route("GET", "/later", _ -> {
            throw new UnsupportedOperationException("not yet");
        });
        var router = new Router(List.of(unknown, invalid, later))
                .refusing(UnsupportedOperationException.class, _ -> ApiReply.refusal(503, "later"));
        assertThat(router.answer(get("unknown")).status()).isEqualTo(404);
        assertThat(new String(router.answer(get("unknown")).body(), StandardCharsets.UTF_8))
                .isEqualTo("{\"status\":404,\"error\":\"no \\\"such\\u0001 thing\"}");
        assertThat(router.answer(get("invalid")).status()).isEqualTo(400);
        assertThat(router.answer(get("later")).status()).isEqualTo(503);
    }

    @Test
    void aPortInUseIsNamedWithWhatToDo() {
        try (var server = TestServer.open(Map.of())) {
            var same = TestServer.config(Map.of("port", server.port()));
            assertThatThrownBy(() -> JettyHttpServer.open(same, new Router(List.of()), server.logger, server.monitor))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("127.0.0.1:" + server.port())
                    .hasMessageContaining("set another host or port");
        }
    }

    @Test
    void settingsOutsideTheirBoundsAreRefused() {
        assertThatThrownBy(() -> TestServer.config(Map.of("port", 65_536))).hasMessageContaining("port must be 0 to");
        assertThatThrownBy(() -> TestServer.config(Map.of("headTimeout", Duration.ZERO)))
                .hasMessageContaining("headTimeout must be 1ms");
        assertThatThrownBy(() -> TestServer.config(Map.of("maximumBodies", new ByteSize(5))))
                .hasMessageContaining("at least twice maximumBody");
    }

    private static ApiRequest get(String segment) {
        return new ApiRequest(
                "GET",
                List.of(segment),
                Map.of(),
                _ -> java.util.Optional.empty(),
                new byte[0],
                java.net.InetAddress.getLoopbackAddress(),
                "anonymous",
                Map.of());
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
