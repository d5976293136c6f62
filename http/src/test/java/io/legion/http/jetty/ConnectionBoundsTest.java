package io.legion.http.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.http.ApiReply;
import io.legion.http.Route;
import io.legion.service.ByteSize;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ConnectionBoundsTest {
    private static final String GET = "GET /echo HTTP/1.1\r\nHost: h\r\n\r\n";

    @Test
    void aNewConnectionTakesThePlaceOfTheOneThatHasWaitedLongest() {
        try (var server = TestServer.open(Map.of("maximumConnections", 3));
                var oldest = server.client();
                var second = server.client();
                var third = server.client()) {
            askAndWait(server, oldest, 1);
            askAndWait(server, second, 2);
            askAndWait(server, third, 3);
            try (var fourth = server.client()) {
                assertThat(fourth.send(GET).until("nothing")).startsWith("HTTP/1.1 200");
                assertThat(oldest.untilClosed()).isEmpty();
                assertThat(second.send(GET).until("nothing")).startsWith("HTTP/1.1 200");
                assertThat(third.send(GET).until("nothing")).startsWith("HTTP/1.1 200");
            }
        }
    }

    /// Until the server has done with the request, and the connection is idle.
    private static void askAndWait(TestServer server, RawClient client, int number) {
        client.send(GET).until("nothing");
        while (server.monitor.timing("http.requests").count() < number) {
            Thread.onSpinWait();
        }
    }

    @Test
    void anAddressHasNoMoreConnectionsThanItMay() {
        try (var server = TestServer.open(Map.of("maximumConnectionsPerAddress", 2))) {
            try (var first = server.client();
                    var second = server.client()) {
                first.send(GET).until("nothing");
                second.send(GET).until("nothing");
                try (var third = server.client()) {
                    assertThat(third.untilClosed()).isEmpty();
                }
                assertThat(first.send(GET).until("nothing")).startsWith("HTTP/1.1 200");
                first.send("GET /echo HTTP/1.0\r\n\r\n").untilClosed();
            }
            // The places are free again as soon as the server has seen that those two are gone.
            assertThat(served(server)).startsWith("HTTP/1.1 200");
        }
    }

    private static String served(TestServer server) {
        while (true) {
            try (var client = server.client()) {
                var reply = client.trySend("GET /echo HTTP/1.0\r\n\r\n") ? client.untilClosed() : "";
                if (!reply.isEmpty()) {
                    return reply;
                }
            }
        }
    }

    @Test
    void bodiesThatComeInTakeNoMoreMemoryThanTheyMay() {
        var settings = Map.of("maximumBody", ByteSize.parse("64 KiB"), "maximumBodies", ByteSize.parse("128 KiB"));
        try (var server = TestServer.open(settings);
                var slow = server.client()) {
            var head = "PUT /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 60000\r\n\r\n";
            slow.send(head).send("x".repeat(59_999));
            while (server.monitor.value("http.bodies") < 59_999) {
                Thread.onSpinWait(); // until the server has read them
            }
            try (var late = server.client()) {
                assertThat(late.send(head + "x".repeat(60_000)).untilClosed())
                        .startsWith("HTTP/1.1 503")
                        .contains("as they may of 128 KiB", "Connection: close");
            }
            assertThat(slow.send("x").until("xxx")).startsWith("HTTP/1.1 200");
            try (var next = server.client()) {
                assertThat(next.send(head + "x".repeat(60_000)).until("xxx")).startsWith("HTTP/1.1 200");
            }
        }
    }

    @Test
    void repliesThatNobodyReadsTakeNoMoreMemoryThanTheyMay() {
        var half = new byte[16 << 20]; // more than the buffers of two sockets
        var large = new Route("GET", "/large", _ -> ApiReply.of(200, "text/plain", half));
        var shared = new Route("GET", "/shared", _ -> ApiReply.shared(200, "text/plain", half));
        try (var server = TestServer.open(Map.of("maximumReplies", ByteSize.parse("32 MiB")), large, shared);
                var slow = server.client()) {
            slow.send("GET /large HTTP/1.0\r\n\r\n").until("200 OK");
            assertThat(server.raw("GET /large HTTP/1.0\r\n\r\n"))
                    .startsWith("HTTP/1.1 503")
                    .contains("as they may of 32 MiB", "Retry-After: 1");
            assertThat(server.raw("GET /echo HTTP/1.0\r\n\r\n")).startsWith("HTTP/1.1 200");
            assertThat(server.raw("GET /shared HTTP/1.0\r\n\r\n")).startsWith("HTTP/1.1 200");
            assertThat(slow.untilClosed()).hasSizeGreaterThan(half.length);
            assertThat(server.raw("GET /large HTTP/1.0\r\n\r\n")).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void manyThatAreClosedLeaveNothingBehind() {
        try (var server = TestServer.open(Map.of())) {
            var clients = new ArrayList<RawClient>();
            for (int i = 0; i < 200; i++) {
                clients.add(server.client());
            }
            clients.forEach(client -> client.send(GET).until("nothing"));
            assertThat(server.connections()).isEqualTo(200);
            clients.forEach(RawClient::close);
            while (server.connections() > 0) {
                Thread.onSpinWait(); // the test's own time limit ends it
            }
        }
    }
}
