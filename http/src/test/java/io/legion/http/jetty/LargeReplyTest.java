package io.legion.http.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LargeReplyTest {
    private static final byte[] BODY = LargeReplies.body();

    @Test
    void aLargeReplyArrivesWholeAtAReaderWithASmallBuffer() throws IOException {
        try (var server = TestServer.open(Map.of(), LargeReplies.WHOLE);
                var client = RawClient.connect(server.port(), 8 * 1024)) {
            client.send("GET /large HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
            assertThat(client.until("\r\n\r\n")).contains("Content-Length: 50000000");
            assertThat(Arrays.equals(client.socket().getInputStream().readAllBytes(), BODY))
                    .isTrue();
        }
    }

    @Test
    void aLargeStreamArrivesWholeAtAReaderWithASmallBuffer() throws Exception {
        try (var server = TestServer.open(Map.of(), LargeReplies.STREAM)) {
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
        try (var server = TestServer.open(settings, LargeReplies.WHOLE);
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
