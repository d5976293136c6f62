package io.legion.http.jetty;

import java.util.List;
import java.util.SplittableRandom;

/// Requests with faults, from a seed: a valid one in which bytes, words or lines were changed, or mere noise.
final class MalformedRequests {
    private static final List<String> WORDS = List.of(
            "GET",
            "PUT",
            "/echo",
            "HTTP/1.1",
            "HTTP/1.0",
            "HTTP/2.0",
            "Host: h",
            "Host:",
            "Content-Length: 5",
            "Content-Length: +5",
            "Content-Length: 99999999999999999999",
            "Content-Length: 7",
            "Transfer-Encoding: chunked",
            "Transfer-Encoding: identity",
            "Connection: close",
            "Connection: keep-alive",
            "Expect: 100-continue",
            "Authorization: Basic %%%",
            "\r\n",
            "\n",
            "\r",
            "\0",
            " ",
            "\t",
            ":",
            "%",
            "%zz",
            "%ed%a0%80",
            "?",
            "#",
            "//",
            "..",
            ";",
            "\u00ff",
            "\u001b[2J",
            "5\r\nhello\r\n",
            "0\r\n\r\n",
            "ffffffffffffffff\r\n",
            "5;a=\"b\r\n",
            "{\"a\":\"\\ud83d\"}",
            "x".repeat(300),
            "http://h:99999/echo",
            "*",
            "[::1",
            "a@b");

    private static final String VALID = "PUT /echo?a=b HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhello";
    private static final String CHUNKED =
            "PUT /echo HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n5;x=y\r\nhello\r\n0\r\nT: u\r\n\r\n";

    private final SplittableRandom random;

    MalformedRequests(long seed) {
        this.random = new SplittableRandom(seed);
    }

    String next() {
        var text = new StringBuilder(random.nextBoolean() ? VALID : CHUNKED);
        if (random.nextInt(10) == 0) {
            text.setLength(0);
        }
        for (int change = random.nextInt(1, 6); change > 0; change--) {
            change(text);
        }
        return text.toString();
    }

    private void change(StringBuilder text) {
        int at = random.nextInt(text.length() + 1);
        switch (random.nextInt(4)) {
            case 0 -> text.insert(at, WORDS.get(random.nextInt(WORDS.size())));
            case 1 -> text.delete(at, Math.min(text.length(), at + random.nextInt(12)));
            case 2 -> text.insert(at, (char) random.nextInt(256));
            default -> text.setLength(at);
        }
    }
}
