package io.legion.http.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.http.ApiReply;
import io.legion.http.Route;
import io.legion.service.ByteSize;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Where a request begins and ends. What can be read in two ways is refused, the connection ends, and what
/// follows in it is never executed.
class FramingTest {
    private static final String PUT = "PUT /echo HTTP/1.1\r\nHost: h\r\n";
    private static final String NEXT = PUT + "Content-Length: 4\r\n\r\nnext";

    private final TestServer server = TestServer.open(Map.of("maximumBody", ByteSize.parse("64 KiB")));

    @AfterEach
    void close() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n",
                "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello!",
                "Content-Length: 5, 6\r\n\r\nhello!",
                "Content-Length: +5\r\n\r\nhello",
                "Content-Length: -5\r\n\r\nhello",
                "Content-Length: 0x5\r\n\r\nhello",
                "Content-Length: 5 5\r\n\r\nhello",
                "Content-Length: 99999999999999999999\r\n\r\nhello",
                "Content-Length:\r\n\r\nhello",
                "Content-Length : 5\r\n\r\nhello",
                "Transfer-Encoding: gzip\r\n\r\nhello",
                "Transfer-Encoding: chunked, gzip\r\n\r\nhello",
                "Transfer-Encoding: xchunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\n-5\r\nhello\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\n5\r\nhello0\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\n5\nhello\n0\n\n",
                "Transfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\nhello\r\n0\r\n\r\n",
                "X: a\r\n folded\r\nContent-Length: 5\r\n\r\nhello",
                "X\0: a\r\nContent-Length: 5\r\n\r\nhello",
                "no colon\r\nContent-Length: 5\r\n\r\nhello",
                "Host: other\r\nContent-Length: 5\r\n\r\nhello",
                "Content-Length: 5\n\nhello"
            })
    void whatCanBeReadInTwoWaysIsRefusedAndNothingAfterItIsExecuted(String framing) {
        var reply = server.raw(PUT + framing + NEXT);
        assertThat(reply).startsWith("HTTP/1.1 400").contains("Connection: close");
        assertThat(reply.split("HTTP/1.1 [0-9]", -1)).as(reply).hasSize(2);
        assertThat(server.executed).hasValue(0);
    }

    @Test
    void theBodyOfA413IsNotExecuted() {
        var reply = server.raw(PUT + "Content-Length: 9999999\r\n\r\n" + NEXT);
        assertThat(reply).startsWith("HTTP/1.1 413").contains("Connection: close", "larger than the 64 KiB allowed");
        assertThat(reply.split("HTTP/1.1 [0-9]", -1)).as(reply).hasSize(2);
        assertThat(server.executed).hasValue(0);
    }

    @Test
    void aBodyOfUnknownLengthThatIsTooLargeIsRefusedToo() {
        var chunk = "8000\r\n" + "x".repeat(0x8000) + "\r\n";
        var reply = server.raw(PUT + "Transfer-Encoding: chunked\r\n\r\n" + chunk.repeat(3) + "0\r\n\r\n" + NEXT);
        assertThat(reply).startsWith("HTTP/1.1 413").contains("Connection: close");
        assertThat(server.executed).hasValue(0);
    }

    @Test
    void headersAndAPathThatAreTooLongAreRefusedAndNothingAfterThemIsExecuted() {
        assertThat(server.raw(PUT + "X: " + "x".repeat(30_000) + "\r\n\r\n" + NEXT))
                .startsWith("HTTP/1.1 431");
        assertThat(server.raw("GET /" + "x".repeat(5_000) + " HTTP/1.1\r\nHost: h\r\n\r\n" + NEXT))
                .startsWith("HTTP/1.1 414");
        assertThat(server.raw("GET /" + "x".repeat(50_000) + " HTTP/1.1\r\nHost: h\r\n\r\n" + NEXT))
                .startsWith("HTTP/1.1 414");
        assertThat(server.executed).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hello\r\n\r\n",
                "GET\r\n\r\n",
                "GET /echo\r\n\r\n",
                "GET /echo HTTP/9.9\r\nHost: h\r\n\r\n",
                "GET /echo HTTP/1.1\r\n\r\n",
                "GET /echo HTTP/1.1\r\nHost: h h\r\n\r\n",
                "GET /a b HTTP/1.1\r\nHost: h\r\n\r\n",
                "GET /^ HTTP/1.1\r\nHost: h\r\n\r\n",
                "GET /%zz HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n",
                "GET /%ed%a0%bd HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n",
                "GET /echo?a=%ff HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n",
                "GET /echo?%=a HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n",
                "CONNECT h:1 HTTP/1.1\r\nHost: h:1\r\nConnection: close\r\n\r\n",
                "OPTIONS * HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n",
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
                "\u0016\u0003\u0001\u0002\0\u0001\0\u0001\u00fc\u0003\u0003",
                "\0\0\0\0"
            })
    void whatIsNoRequestIsAFaultOfTheClientAndOfNobodyElse(String text) {
        assertThat(server.raw(text + "\r\n\r\n"))
                .containsPattern("HTTP/1.1 (4[0-9][0-9]|505)")
                .doesNotContain("HTTP/1.1 500");
        assertThat(server.executed).hasValue(0);
    }

    @Test
    void requestsThatFollowEachOtherAreAllAnsweredInOrder() {
        var replies = server.raw(NEXT + NEXT.replace("next", "last") + "GET /echo HTTP/1.1\r\nHost: h\r\n"
                + "Connection: close\r\n\r\n");
        assertThat(replies).containsSubsequence("next", "last", "nothing");
        assertThat(server.executed).hasValue(3);
    }

    @Test
    void chunksMayHaveExtensionsAndTrailers() {
        assertThat(server.raw(PUT + "Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
                        + "5;a=b;c=\"d\"\r\nhello\r\n0;e\r\nX: y\r\n\r\n"))
                .startsWith("HTTP/1.1 200")
                .endsWith("hello");
    }

    @Test
    void theClientsConnectionCloseIsHonoured() {
        assertThat(server.raw("GET /echo HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n" + NEXT))
                .contains("Connection: close")
                .endsWith("nothing");
        assertThat(server.executed).hasValue(1);
    }

    @Test
    void http10IsAnsweredAndThenClosed() {
        assertThat(server.raw("GET /echo HTTP/1.0\r\n\r\n"))
                .startsWith("HTTP/1.1 200")
                .endsWith("nothing");
    }

    @Test
    void headIsGetWithoutABody() {
        var reply = server.raw("HEAD /echo HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
        assertThat(reply)
                .startsWith("HTTP/1.1 200")
                .contains("Content-Length: 7")
                .endsWith("\r\n\r\n");
    }

    @Test
    void headOfAStreamHasNoEvents() {
        var abandoned = new java.util.concurrent.atomic.AtomicInteger();
        var stream = new ApiReply.Stream() {
            @Override
            public void write(java.io.OutputStream out) {
                throw new AssertionError("the body of a HEAD is not written");
            }

            @Override
            public void abandon() {
                abandoned.incrementAndGet();
            }
        };
        var route = new Route("GET", "/stream", _ -> ApiReply.streaming("text/event-stream", stream));
        try (var streaming = TestServer.open(Map.of(), route)) {
            assertThat(streaming.raw("HEAD /stream HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"))
                    .startsWith("HTTP/1.1 200")
                    .contains("text/event-stream");
        }
        assertThat(abandoned).hasValue(1);
    }

    @Test
    void anAbsoluteTargetIsThePathInIt() {
        assertThat(server.raw("GET http://h/echo HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200");
    }

    @Test
    void noContentHasNoLength() {
        assertThat(server.raw("DELETE /nothing HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 204")
                .doesNotContain("Content-Length");
    }

    @Test
    void aClientThatWaitsForContinueHearsItOnlyIfItsBodyIsWelcome() {
        try (var client = server.client()) {
            client.send(PUT + "Expect: 100-continue\r\nContent-Length: 5\r\n\r\n");
            assertThat(client.until("\r\n\r\n")).startsWith("HTTP/1.1 100");
            assertThat(client.send("hello").until("hello")).startsWith("HTTP/1.1 200");
        }
        assertThat(server.raw(PUT + "Expect: 100-continue\r\nContent-Length: 9999999\r\n\r\n"))
                .startsWith("HTTP/1.1 413");
    }

    @Test
    void whatIsAmbiguousElsewhereIsAPartOfASegmentHere() {
        var route = new Route(
                "GET",
                "/of/{id}",
                request -> ApiReply.of(
                        200, "text/plain", request.variable("id").getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        try (var named = TestServer.open(Map.of(), route)) {
            for (var id : List.of("a%2Fb", "%2e%2e", "a;b=c", "%25", "a%5Cb", "%C3%A9")) {
                assertThat(named.raw("GET /of/" + id + " HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"))
                        .as(id)
                        .startsWith("HTTP/1.1 200");
            }
        }
    }
}
