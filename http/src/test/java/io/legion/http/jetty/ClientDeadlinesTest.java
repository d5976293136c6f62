package io.legion.http.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.http.ApiReply;
import io.legion.http.Route;
import io.legion.service.ByteSize;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A client that keeps the server waiting is closed within a second of the setting, and nobody else waits for
/// it.
class ClientDeadlinesTest {
    private static final Duration HEAD = Duration.ofMillis(1500);
    private static final Duration BODY = Duration.ofSeconds(2);
    private static final Duration IDLE = Duration.ofSeconds(1);
    private static final String GET = "GET /echo HTTP/1.1\r\nHost: h\r\n\r\n";
    private static final String PUT = "PUT /echo HTTP/1.1\r\nHost: h\r\n";

    private final TestServer server = TestServer.open(Map.of(
            "headTimeout", HEAD,
            "bodyTimeout", BODY,
            "idleTimeout", IDLE,
            "minimumRate", new ByteSize(1000),
            "maximumRequests", 4));

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void aConnectionThatWasNeverUsedEnds() {
        assertThat(closedAfter("", "")).isBetween(IDLE.minusMillis(100), HEAD.plusSeconds(1));
    }

    @Test
    void aHalfHeadEnds() {
        assertThat(closedAfter("GET /echo HTT", "")).isBetween(IDLE.minusMillis(100), HEAD.plusSeconds(1));
    }

    @Test
    void aHeadThatTricklesEnds() {
        assertThat(closedAfter("GET /echo HTTP/1.1\r\nX: ", "x")).isBetween(HEAD, HEAD.plusSeconds(1));
    }

    @Test
    void theHeadOfALaterRequestThatTricklesEnds() {
        try (var client = server.client()) {
            client.send(GET).until("nothing");
            assertThat(closedAfter(client, "GET /e", "x")).isBetween(HEAD, HEAD.plusSeconds(1));
        }
    }

    @Test
    void anIdleConnectionEnds() {
        try (var client = server.client()) {
            client.send(GET).until("nothing");
            assertThat(closedAfter(client, "", "")).isBetween(IDLE.minusMillis(100), IDLE.plusSeconds(1));
        }
    }

    @Test
    void aBodyThatDoesNotComeEnds() {
        assertThat(closedAfter(PUT + "Content-Length: 10\r\n\r\n", ""))
                .isBetween(IDLE.minusMillis(100), BODY.plusSeconds(1));
        assertThat(server.executed).hasValue(0);
    }

    @Test
    void aBodyThatTricklesEnds() {
        assertThat(closedAfter(PUT + "Content-Length: 1000\r\n\r\n", "x")).isBetween(BODY, BODY.plusSeconds(1));
        assertThat(closedAfter(PUT + "Transfer-Encoding: chunked\r\n\r\n", "1\r\nx\r\n"))
                .isBetween(BODY, BODY.plusSeconds(1));
        assertThat(server.executed).hasValue(0);
    }

    @Test
    void aBodyThatComesFastEnoughMayTakeLongerThanItsDeadline() throws InterruptedException {
        try (var client = server.client()) {
            client.send(PUT + "Content-Length: 10000\r\n\r\n");
            for (int i = 0; i < 10; i++) {
                Thread.sleep(BODY.dividedBy(8)); // the pace of this client, which is what is tested
                client.send("y".repeat(1000));
            }
            assertThat(client.until("yyy")).startsWith("HTTP/1.1 200");
        }
    }

    /// It takes a little now and then, so that the connection is never idle.
    @Test
    void aClientThatHardlyReadsAStreamEnds() throws Exception {
        var ended = new CountDownLatch(1);
        var endless = new Route(
                "GET",
                "/endless",
                _ -> ApiReply.streaming("text/plain", out -> {
                    try {
                        while (true) {
                            out.write(new byte[100_000]);
                        }
                    } finally {
                        ended.countDown();
                    }
                }));
        try (var streams = TestServer.open(Map.of("bodyTimeout", BODY), endless);
                var client = streams.client()) {
            client.send("GET /endless HTTP/1.1\r\nHost: h\r\n\r\n");
            var in = client.socket().getInputStream();
            for (int i = 0; i < 50 && ended.getCount() > 0; i++) {
                in.readNBytes(100);
                Thread.sleep(200); // the pace of this client, which is what is tested
            }
            assertThat(ended.getCount()).isZero();
        }
    }

    @Test
    void aClientThatKeepsAConnectionWhichTheServerEndedIsClosed() {
        try (var client = server.client()) {
            client.send("GET /echo HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")
                    .untilClosed();
            assertThat(closedAfter(client, "", "GET /")).isLessThan(Duration.ofSeconds(3));
        }
    }

    @Test
    void hundredsThatOnlyWaitTakeNoPlaceFromThoseThatAsk() throws Exception {
        var kinds =
                List.of("", "GET /echo", PUT + "Content-Length: 10\r\n\r\n", GET + PUT + "Content-Length: 9\r\n\r\n");
        var waiting = new ArrayList<RawClient>();
        for (int i = 0; i < 400; i++) {
            waiting.add(server.client().send(kinds.get(i % kinds.size())));
        }
        for (int i = 0; i < 50; i++) {
            assertThat(server.raw("GET /echo HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"))
                    .startsWith("HTTP/1.1 200");
        }
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var ends = new ArrayList<Future<String>>();
            waiting.forEach(client -> ends.add(threads.submit((Callable<String>) client::untilClosed)));
            for (var end : ends) {
                assertThat(end.get()).doesNotContain("HTTP/1.1 5");
            }
        }
        waiting.forEach(RawClient::close);
    }

    private Duration closedAfter(String first, String then) {
        try (var client = server.client()) {
            return closedAfter(client, first, then);
        }
    }

    /// How long the server keeps a connection on which this comes first, and this then again and again.
    private static Duration closedAfter(RawClient client, String first, String then) {
        long start = System.nanoTime();
        client.send(first);
        var writer = Thread.ofVirtual().start(() -> {
            try {
                while (!then.isEmpty() && client.trySend(then)) {
                    Thread.sleep(100); // the pace of this client, which is what is tested
                }
            } catch (InterruptedException closed) {
                Thread.currentThread().interrupt();
            }
        });
        if (then.isEmpty()) {
            client.untilClosed();
        } else {
            join(writer);
        }
        writer.interrupt();
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }
}
