package io.legion.http.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.http.ApiReply;
import io.legion.http.Route;
import io.legion.service.Logger;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/// A server that stops lets what is under way end, and streams say a last word first.
class ServerStopTest {
    /// A stream of one event that ends with a last word when it is cut.
    private static final class Events implements ApiReply.Stream {
        private final CountDownLatch cut = new CountDownLatch(1);

        @Override
        public void write(OutputStream out) throws IOException {
            out.write("event: first\n\n".getBytes(StandardCharsets.UTF_8));
            out.flush();
            await(cut);
            out.write("event: cut\n\n".getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public void cut() {
            cut.countDown();
        }
    }

    @Test
    void aStreamHearsFirstAndItsLastWordArrives() {
        var route = new Route("GET", "/events", _ -> ApiReply.streaming("text/event-stream", new Events()));
        var server = TestServer.open(Map.of(), route);
        try (var client = server.client()) {
            client.send("GET /events HTTP/1.1\r\nHost: h\r\n\r\n").until("first\n\n");
            server.close();
            assertThat(client.untilClosed()).contains("event: cut\n\n").endsWith("0\r\n\r\n");
        }
    }

    @Test
    void aRequestUnderWayIsAnswered() throws InterruptedException {
        var begun = new CountDownLatch(1);
        var end = new CountDownLatch(1);
        var route = new Route("GET", "/slow", _ -> {
            begun.countDown();
            await(end);
            return ApiReply.of(200, "text/plain", "done".getBytes(StandardCharsets.UTF_8));
        });
        var server = TestServer.open(Map.of(), route);
        try (var client = server.client()) {
            client.send("GET /slow HTTP/1.1\r\nHost: h\r\n\r\n");
            begun.await();
            var closing = Thread.ofVirtual().start(server::close);
            end.countDown();
            assertThat(client.untilClosed()).startsWith("HTTP/1.1 200").endsWith("done");
            closing.join();
        }
    }

    @Test
    void whoClosesAServerThatIsClosedFindsItClosed() {
        var server = TestServer.open(Map.of());
        server.server().close();
        server.server().close();
        assertThat(server.logger.messages(Logger.Priority.INFO, "stopped")).hasSize(1);
        server.close();
    }

    @Test
    void aStreamThatDoesNotEndIsNotWaitedForLongerThanTheSettingSays() {
        var deaf = new Route(
                "GET",
                "/deaf",
                _ -> ApiReply.streaming("text/plain", out -> {
                    out.flush();
                    await(new CountDownLatch(1));
                }));
        var server = TestServer.open(Map.of("stopTimeout", java.time.Duration.ofMillis(200)), deaf);
        try (var client = server.client()) {
            client.send("GET /deaf HTTP/1.1\r\nHost: h\r\n\r\n").until("\r\n\r\n");
            server.close();
            assertThat(client.untilClosed()).doesNotContain("0\r\n\r\n");
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
