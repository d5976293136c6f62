package io.legion.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LargeReplyTest {
    private static final byte[] BODY = new byte[50_000_000];

    static {
        new Random(14).nextBytes(BODY);
    }

    private static final Route ROUTE =
            new Route("GET", "/large", _ -> ApiReply.of(200, "application/octet-stream", BODY));
    private static final Route STREAM = new Route(
            "GET",
            "/stream",
            _ -> ApiReply.streaming("application/octet-stream", out -> {
                for (int from = 0; from < BODY.length; from += 50_000) {
                    out.write(BODY, from, 50_000);
                    out.flush();
                }
            }));

    @Test
    void aLargeReplyArrivesWholeAtAReaderWithASmallBuffer() throws IOException {
        try (var server = TestServer.open(Map.of(), ROUTE);
                var client = RawClient.connect(server.port(), 8 * 1024)) {
            client.send("GET /large HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
            assertThat(client.until("\r\n\r\n")).contains("Content-Length: 50000000");
            assertThat(Arrays.equals(client.socket().getInputStream().readAllBytes(), BODY))
                    .isTrue();
        }
    }

    @Test
    void aLargeStreamArrivesWholeAtAReaderWithASmallBuffer() throws Exception {
        try (var server = TestServer.open(Map.of(), STREAM)) {
            var url = server.server().uri().resolve("/stream").toURL();
            try (var in = url.openStream()) {
                assertThat(Arrays.equals(in.readAllBytes(), BODY)).isTrue();
            }
        }
    }

    @Test
    void aReaderThatStopsIsClosedAndOneThatIsSlowIsNot() throws Exception {
        var settings = Map.of(
                "bodyTimeout", java.time.Duration.ofSeconds(1),
                "idleTimeout", java.time.Duration.ofSeconds(1),
                "minimumRate", io.legion.service.ByteSize.parse("1 MiB"));
        try (var server = TestServer.open(settings, ROUTE);
                var client = RawClient.connect(server.port(), 8 * 1024)) {
            client.send("GET /large HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")
                    .until("\r\n\r\n");
            while (server.connections() > 0) {
                Thread.onSpinWait(); // the client does not read, and the server has enough of it
            }
            assertThat(client.socket().getInputStream().skip(BODY.length)).isLessThan(BODY.length);
        }
    }
}
