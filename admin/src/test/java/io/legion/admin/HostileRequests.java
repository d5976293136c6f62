package io.legion.admin;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;

/// Malformed requests and tricks with paths, the same for the same seed. Used by one thread.
final class HostileRequests {
    private static final String ONE = "0000000000000001";

    private static final List<String> TARGETS = List.of(
            "GET /cluster",
            "GET /shards?state=serving&after=1&limit=2",
            "GET /shards/1",
            "GET /partitions/account?prefix=a&limit=2",
            "GET /partitions/account/alice",
            "GET /index?type=account&after=a&afterKey=b",
            "GET /divergent",
            "GET /peers/" + ONE,
            "GET /load",
            "GET /timeline?after=1",
            "GET /page/style.css",
            "GET /",
            "POST /nodes/" + ONE + "/leave?dryRun=true",
            "POST /force",
            "POST /shards/1/copies/" + ONE + "/drop",
            "POST /clocks",
            "POST /loggers");

    private static final List<String> PIECES = List.of(
            "..",
            "%2e%2e%2f",
            "%2F",
            "%00",
            "%ff",
            "%zz",
            "//",
            ";a=b",
            "?",
            "&",
            "=",
            "-1",
            "99999999999999999999",
            "null",
            "0x",
            "0xzz",
            "{",
            "[[[[[[[[",
            "\"",
            "<script>",
            "\u001b[2J",
            " ",
            "é",
            "x".repeat(2_000),
            "META-INF/MANIFEST.MF",
            "../../openapi.yaml");

    private final SplittableRandom random;

    HostileRequests(long seed) {
        this.random = new SplittableRandom(seed);
    }

    private <T> T any(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    /// A request on a connection of its own, with pieces put in somewhere; orders lack their header or are dry runs now
    /// and then.
    String next() {
        var target = new StringBuilder(any(TARGETS));
        for (int i = random.nextInt(4); i > 0; i--) {
            target.insert(5 + random.nextInt(target.length() - 4), any(PIECES));
        }
        var body = random.nextBoolean() ? "" : "{\"lost\":[\"" + any(PIECES) + "\"]," + any(PIECES);
        var header = random.nextBoolean()
                ? ""
                : "Legion-Act: " + any(List.of("yes", "no", "yes\r\nLegion-Act: no")) + "\r\n";
        return target + " HTTP/1.1\r\nHost: " + any(List.of("127.0.0.1", "127.0.0.1", "evil.example", "[")) + "\r\n"
                + header + "Content-Length: " + body.getBytes(StandardCharsets.UTF_8).length
                + "\r\nConnection: close\r\n\r\n" + body;
    }
}
